//! The lab itself: what the other tests rely on.

use hearth_tests::history::History;
use hearth_tests::python::Python;
use hearth_tests::replay::Stage;
use hearth_tests::synapse::{Options, Synapse};
use jiff::Timestamp;
use jiff::tz::TimeZone;

#[tokio::test]
async fn a_past_is_replayed_with_its_own_timestamps() {
    let python = Python::ready().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let began = std::time::Instant::now();
    let synapse = Synapse::start(&python, folder.path(), Options::default()).await.unwrap();
    eprintln!("synapse {:?}", began.elapsed());
    let end = Timestamp::from_millisecond(1_793_700_000_000).unwrap();
    let history = History::invent(7, end, &TimeZone::UTC);
    let began = std::time::Instant::now();
    let stage = Stage::set(&synapse, &history).await.unwrap();
    eprintln!("stage {:?}", began.elapsed());
    let replayed = stage.play(&history, |_, _| {}).await.unwrap();
    eprintln!("{} events, {:?}, {}/s", history.events.len(), replayed.took, replayed.rate());
}
