//! Columns of numbers as Parquet, which any engine reads; not compressed, so that reading is little more than copying.

use std::sync::Arc;

use parquet::{
    basic::Compression,
    column::{
        reader::{ColumnReader, ColumnReaderImpl},
        writer::ColumnWriter,
    },
    data_type::DataType,
    errors::{ParquetError, Result},
    file::{
        properties::{EnabledStatistics, WriterProperties},
        reader::{FileReader as _, SerializedFileReader},
        writer::SerializedFileWriter,
    },
    schema::{parser::parse_message_type, types::ColumnPath},
};

/// The values of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers that may be large.
    Long(Vec<i64>),
    /// The same, of which -1 is written as null.
    MaybeLong(Vec<i64>),
    /// Milliseconds since 1970.
    Time(Vec<i64>),
    /// Small numbers.
    Int(Vec<i32>),
    /// The same, of which -1 is written as null.
    MaybeInt(Vec<i32>),
    /// Small numbers, few of them different.
    Few(Vec<i32>),
    /// Yes or no.
    Bool(Vec<bool>),
    /// Measured values.
    Double(Vec<f64>),
}

impl Values {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Long(values) | Self::MaybeLong(values) | Self::Time(values) => values.len(),
            Self::Int(values) | Self::MaybeInt(values) | Self::Few(values) => values.len(),
            Self::Bool(values) => values.len(),
            Self::Double(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Long(_) => "REQUIRED INT64",
            Self::MaybeLong(_) => "OPTIONAL INT64",
            Self::Time(_) => "REQUIRED INT64",
            Self::Int(_) | Self::Few(_) => "REQUIRED INT32",
            Self::MaybeInt(_) => "OPTIONAL INT32",
            Self::Bool(_) => "REQUIRED BOOLEAN",
            Self::Double(_) => "REQUIRED DOUBLE",
        }
    }

    fn logical(&self) -> &'static str {
        if matches!(self, Self::Time(_)) { " (TIMESTAMP(MILLIS, true))" } else { "" }
    }
}

/// A table as the bytes of a Parquet file.
///
/// # Errors
/// Where columns differ in length.
pub fn encode(columns: &[(&str, Values)]) -> Result<Vec<u8>> {
    let fields: String =
        columns.iter().map(|(name, values)| format!("{} {name}{};", values.kind(), values.logical())).collect();
    let schema = Arc::new(parse_message_type(&format!("message hearth {{ {fields} }}"))?);
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::Chunk);
    for (name, _) in columns.iter().filter(|(_, values)| matches!(values, Values::Few(_))) {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(*name), true);
    }
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties.build()))?;
    let mut group = writer.next_row_group()?;
    for (_, values) in columns {
        let Some(mut column) = group.next_column()? else { break };
        match (column.untyped(), values) {
            (ColumnWriter::Int64ColumnWriter(to), Values::Long(values) | Values::Time(values)) => {
                to.write_batch(values, None, None)?
            }
            (ColumnWriter::Int64ColumnWriter(to), Values::MaybeLong(values)) => {
                let (there, levels) = without(values, -1);
                to.write_batch(&there, Some(&levels), None)?
            }
            (ColumnWriter::Int32ColumnWriter(to), Values::Int(values) | Values::Few(values)) => {
                to.write_batch(values, None, None)?
            }
            (ColumnWriter::Int32ColumnWriter(to), Values::MaybeInt(values)) => {
                let (there, levels) = without(values, -1);
                to.write_batch(&there, Some(&levels), None)?
            }
            (ColumnWriter::BoolColumnWriter(to), Values::Bool(values)) => to.write_batch(values, None, None)?,
            (ColumnWriter::DoubleColumnWriter(to), Values::Double(values)) => to.write_batch(values, None, None)?,
            _ => return Err(ParquetError::General("a column is not what its schema says".to_owned())),
        };
        column.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(bytes)
}

/// The values that are not `nothing`, and for each whether it is there.
fn without<T: Copy + PartialEq>(values: &[T], nothing: T) -> (Vec<T>, Vec<i16>) {
    let there = values.iter().copied().filter(|value| *value != nothing).collect();
    (there, values.iter().map(|value| i16::from(*value != nothing)).collect())
}

/// Columns are read with room for an eighth more: the first days of the next month follow a month's rows, and to move
/// the rows then would take longer than to read them.
const ROOM: usize = 8;

/// A Parquet file in memory.
pub struct Table {
    file: SerializedFileReader<bytes::Bytes>,
}

impl Table {
    /// Reads the footer of a file.
    ///
    /// # Errors
    /// Where it is no Parquet file.
    pub fn open(bytes: Vec<u8>) -> Result<Self> {
        Ok(Self { file: SerializedFileReader::new(bytes::Bytes::from(bytes))? })
    }

    /// A column of large numbers; null is -1.
    ///
    /// # Errors
    /// Where there is no such column.
    pub fn long(&self, name: &str) -> Result<Vec<i64>> {
        self.numbers(name, -1, |reader| match reader {
            ColumnReader::Int64ColumnReader(reader) => Some(reader),
            _ => None,
        })
    }

    /// A column of small numbers; null is -1.
    ///
    /// # Errors
    /// Where there is no such column.
    pub fn int(&self, name: &str) -> Result<Vec<i32>> {
        self.numbers(name, -1, |reader| match reader {
            ColumnReader::Int32ColumnReader(reader) => Some(reader),
            _ => None,
        })
    }

    /// A column of numbers of a type that `of` knows, with `nothing` for null.
    fn numbers<D: DataType>(
        &self,
        name: &str,
        nothing: D::T,
        of: impl Fn(ColumnReader) -> Option<ColumnReaderImpl<D>>,
    ) -> Result<Vec<D::T>>
    where
        D::T: Copy,
    {
        let mut all = Vec::new();
        self.each(name, |reader, rows| {
            let mut reader = of(reader).ok_or_else(|| wrong(name))?;
            let (mut levels, mut values) = (Vec::new(), Vec::with_capacity(rows + rows / ROOM));
            let (read, ..) = reader.read_records(rows, Some(&mut levels), None, &mut values)?;
            all.reserve(if levels.is_empty() { 0 } else { rows + rows / ROOM });
            spread(&mut all, values, &levels, nothing);
            Ok(read)
        })?;
        Ok(all)
    }

    /// A column of yes and no.
    ///
    /// # Errors
    /// Where there is no such column.
    pub fn bool(&self, name: &str) -> Result<Vec<bool>> {
        let mut all = Vec::new();
        self.each(name, |reader, rows| {
            let ColumnReader::BoolColumnReader(mut reader) = reader else { return Err(wrong(name)) };
            all.reserve(rows + rows / ROOM);
            Ok(reader.read_records(rows, None, None, &mut all)?.0)
        })?;
        Ok(all)
    }

    /// A column of measured values.
    ///
    /// # Errors
    /// Where there is no such column.
    #[cfg(test)]
    pub fn double(&self, name: &str) -> Result<Vec<f64>> {
        let mut all = Vec::new();
        self.each(name, |reader, rows| {
            let ColumnReader::DoubleColumnReader(mut reader) = reader else { return Err(wrong(name)) };
            Ok(reader.read_records(rows, None, None, &mut all)?.0)
        })?;
        Ok(all)
    }

    /// Reads every row group of a column.
    fn each(&self, name: &str, mut read: impl FnMut(ColumnReader, usize) -> Result<usize>) -> Result<()> {
        let metadata = self.file.metadata();
        let columns = metadata.file_metadata().schema_descr().columns();
        let at = columns.iter().position(|column| column.name() == name).ok_or_else(|| wrong(name))?;
        for group in 0..metadata.num_row_groups() {
            let group = self.file.get_row_group(group)?;
            let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
            if read(group.get_column_reader(at)?, rows)? != rows {
                return Err(wrong(name));
            }
        }
        Ok(())
    }
}

fn wrong(name: &str) -> ParquetError {
    ParquetError::General(format!("the column {name} is missing or of another kind"))
}

/// Puts values where their levels say that one is; a column that must have values has no levels.
fn spread<T: Copy>(all: &mut Vec<T>, values: Vec<T>, levels: &[i16], nothing: T) {
    if levels.is_empty() {
        if all.is_empty() {
            *all = values
        } else {
            all.extend(values)
        }
        return;
    }
    let mut values = values.into_iter();
    all.extend(levels.iter().map(|level| if *level == 0 { nothing } else { values.next().unwrap_or(nothing) }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let longs = vec![5, -1, i64::MAX, -1];
        let bytes = encode(&[
            ("id", Values::Long(vec![1, 2, -1, 4])),
            ("ts", Values::Time(vec![7, 8, 9, 10])),
            ("reply_to", Values::MaybeLong(longs.clone())),
            ("person", Values::Int(vec![3, 3, 2, -1])),
            ("other", Values::MaybeInt(vec![-1, -1, -1, 8])),
            ("kind", Values::Few(vec![0, 0, 1, 0])),
            ("first", Values::Bool(vec![true, false, false, true])),
        ])
        .unwrap();
        let table = Table::open(bytes).unwrap();
        assert_eq!(table.long("id").unwrap(), [1, 2, -1, 4]);
        assert_eq!(table.long("ts").unwrap(), [7, 8, 9, 10]);
        assert_eq!(table.long("reply_to").unwrap(), longs);
        assert_eq!(table.int("person").unwrap(), [3, 3, 2, -1]);
        assert_eq!(table.int("other").unwrap(), [-1, -1, -1, 8]);
        assert_eq!(table.int("kind").unwrap(), [0, 0, 1, 0]);
        assert_eq!(table.bool("first").unwrap(), [true, false, false, true]);
        assert!(table.int("id").is_err() && table.int("none").is_err());
        assert!(Table::open(b"PAR1 is how it begins".to_vec()).is_err());
    }

    #[test]
    fn no_rows_are_a_table_too() {
        let table = Table::open(encode(&[("id", Values::MaybeLong(Vec::new()))]).unwrap()).unwrap();
        assert_eq!(table.long("id").unwrap(), Vec::<i64>::new());
    }
}
