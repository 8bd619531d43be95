//! Measures as a table for other programs: `measures.parquet` beside `report.json`, a row a measure, ordered by id.
//!
//! It holds what `measures.csv` holds, with types, so that any engine reads it. The same report gives the same bytes.
//!
//! | column | type | |
//! |---|---|---|
//! | `community` | string | the community's name |
//! | `room` | string, may be null | the room, where the report is about one |
//! | `month` | string | like `2026-10` |
//! | `measure` | string | the measure's id |
//! | `value` | double, may be null | null unless `status` is `ok` |
//! | `unit` | string | of `value`, `low` and `high` |
//! | `status` | string | `ok`, `na` or `suppressed` |
//! | `reason` | string, may be null | why there is no value |
//! | `low`, `high` | double, may be null | the ends of the 95 % interval |
//! | `n` | int64, may be null | the sample |

use std::sync::Arc;

use hearth_shared::report::{Measure, Report, Status};
use parquet::{
    basic::Compression,
    column::writer::ColumnWriter,
    data_type::ByteArray,
    errors::{ParquetError, Result},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};

const SCHEMA: &str = "message measures {
    REQUIRED BYTE_ARRAY community (STRING);
    OPTIONAL BYTE_ARRAY room (STRING);
    REQUIRED BYTE_ARRAY month (STRING);
    REQUIRED BYTE_ARRAY measure (STRING);
    OPTIONAL DOUBLE value;
    REQUIRED BYTE_ARRAY unit (STRING);
    REQUIRED BYTE_ARRAY status (STRING);
    OPTIONAL BYTE_ARRAY reason (STRING);
    OPTIONAL DOUBLE low;
    OPTIONAL DOUBLE high;
    OPTIONAL INT64 n;
}";

/// A column's cells, of which those that are there are written.
enum Column {
    Text(Vec<Option<String>>),
    Number(Vec<Option<f64>>),
    Count(Vec<Option<u64>>),
}

/// Every measure of a report as the bytes of a Parquet file.
///
/// # Errors
/// Where the table cannot be encoded.
pub fn measures_parquet(report: &Report) -> Result<Vec<u8>> {
    let (ids, measures): (Vec<&String>, Vec<&Measure>) = report.measures.iter().unzip();
    let each = |text: &str| Column::Text(vec![Some(text.to_owned()); ids.len()]);
    let text = |of: &dyn Fn(&Measure) -> Option<String>| Column::Text(measures.iter().map(|it| of(it)).collect());
    let number = |of: &dyn Fn(&Measure) -> Option<f64>| Column::Number(measures.iter().map(|it| of(it)).collect());
    let status = |status: Status| match status {
        Status::Ok => "ok",
        Status::Na => "na",
        Status::Suppressed => "suppressed",
    };
    let columns = [
        each(&report.community),
        Column::Text(vec![report.room.clone(); ids.len()]),
        each(&report.month.to_string()),
        Column::Text(ids.iter().map(|id| Some((*id).clone())).collect()),
        number(&|it| it.value),
        text(&|it| Some(it.unit.clone())),
        text(&|it| Some(status(it.status).to_owned())),
        text(&|it| it.reason.clone()),
        number(&|it| it.interval.map(|[low, _]| low)),
        number(&|it| it.interval.map(|[_, high]| high)),
        Column::Count(measures.iter().map(|it| it.n).collect()),
    ];
    let properties = WriterProperties::builder().set_compression(Compression::UNCOMPRESSED).build();
    let mut bytes = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut bytes, Arc::new(parse_message_type(SCHEMA)?), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in &columns {
        let Some(mut writer) = group.next_column()? else { break };
        match (writer.untyped(), column) {
            (ColumnWriter::ByteArrayColumnWriter(to), Column::Text(cells)) => {
                let there: Vec<ByteArray> = cells.iter().flatten().map(|text| text.as_str().into()).collect();
                to.write_batch(&there, Some(&levels(cells)), None)?
            }
            (ColumnWriter::DoubleColumnWriter(to), Column::Number(cells)) => {
                let there: Vec<f64> = cells.iter().flatten().copied().collect();
                to.write_batch(&there, Some(&levels(cells)), None)?
            }
            (ColumnWriter::Int64ColumnWriter(to), Column::Count(cells)) => {
                let there: Vec<i64> = cells.iter().flatten().map(|n| i64::try_from(*n).unwrap_or(i64::MAX)).collect();
                to.write_batch(&there, Some(&levels(cells)), None)?
            }
            _ => return Err(ParquetError::General("a column is not what its schema says".to_owned())),
        };
        writer.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(bytes)
}

/// For each cell whether it is there; a column that must be there does not look.
fn levels<T>(cells: &[Option<T>]) -> Vec<i16> {
    cells.iter().map(|cell| i16::from(cell.is_some())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use hearth_shared::report::VERSION;
    use parquet::{
        file::reader::{FileReader as _, SerializedFileReader},
        record::Field,
    };

    use super::*;

    fn report() -> Report {
        Report {
            version: VERSION,
            community: "Töpfer".into(),
            room: None,
            month: "2026-10".parse().unwrap(),
            timezone: "UTC".into(),
            log_ends: None,
            source: BTreeMap::new(),
            measures: BTreeMap::from([
                ("gini".into(), Measure::suppressed("too_few_people", "index")),
                ("posters".into(), Measure::ok(9.5, "people", 28).with_interval(Some([8.25, 11.0]))),
            ]),
            figures: BTreeMap::new(),
            experiment: None,
        }
    }

    fn rows(bytes: Vec<u8>) -> Vec<Vec<(String, Field)>> {
        let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let row = |row: parquet::record::Row| {
            row.get_column_iter().map(|(name, field)| (name.clone(), field.clone())).collect()
        };
        file.get_row_iter(None).unwrap().map(|it| row(it.unwrap())).collect()
    }

    #[test]
    fn each_measure_is_a_row_with_its_types() {
        let text = |text: &str| Field::Str(text.to_owned());
        let named = |values: [Field; 11]| -> Vec<(String, Field)> {
            let names = "community room month measure value unit status reason low high n".split(' ');
            names.map(str::to_owned).zip(values).collect()
        };
        let expected = [
            named([
                text("Töpfer"),
                Field::Null,
                text("2026-10"),
                text("gini"),
                Field::Null,
                text("index"),
                text("suppressed"),
                text("too_few_people"),
                Field::Null,
                Field::Null,
                Field::Null,
            ]),
            named([
                text("Töpfer"),
                Field::Null,
                text("2026-10"),
                text("posters"),
                Field::Double(9.5),
                text("people"),
                text("ok"),
                Field::Null,
                Field::Double(8.25),
                Field::Double(11.0),
                Field::Long(28),
            ]),
        ];
        assert_eq!(rows(measures_parquet(&report()).unwrap()), expected);
    }

    #[test]
    fn the_same_report_gives_the_same_bytes_and_a_rooms_has_its_name() {
        let room = Report { room: Some("Kiln talk".into()), ..report() };
        assert_eq!(measures_parquet(&report()).unwrap(), measures_parquet(&report()).unwrap());
        assert_eq!(rows(measures_parquet(&room).unwrap())[1][1].1, Field::Str("Kiln talk".to_owned()));
    }

    #[test]
    fn a_report_without_measures_is_a_table_too() {
        let empty = Report { measures: BTreeMap::new(), ..report() };
        assert!(rows(measures_parquet(&empty).unwrap()).is_empty());
    }
}
