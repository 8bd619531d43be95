//! A day with a poll, a ballot and a retrospective, the bot killed at random moments. The bench does it two hundred
//! times over, at a homeserver's stock limits, and encrypted: `hearth-bench day`.

use hearth_tests::day::{self, Plan};

use crate::stage::PROGRAM;

#[tokio::test]
async fn a_day_of_thirty_survives_kills_at_random_moments() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan { people: 30, kills: 20, encrypted: false, limited: false, seed: 0xDA7 };
    let evening = day::live(PROGRAM.as_ref(), folder.path(), plan, |_| ()).await.unwrap();
    assert!(evening.answered >= 10, "{evening:?}");
}
