//! Parquet files, written and read by polars.
//!
//! A file is a lazy frame whose columns are read as a query asks for them. (Polars' own lazy scan comes with a client for
//! object stores, which this program has no use for.)

use std::{any::Any, fs::File, io::Cursor, path::Path, sync::Arc};

use polars::prelude::*;
use polars_io::prelude::{ParquetCompression, ParquetReader, ParquetWriter, StatisticsOptions};

/// A table as the bytes of a file: not compressed, so that reading is little more than copying.
///
/// # Errors
/// Where a column cannot be written.
pub fn write(table: &mut DataFrame) -> PolarsResult<Vec<u8>> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Uncompressed)
        .with_statistics(StatisticsOptions::empty())
        .finish(table)?;
    Ok(bytes)
}

/// The table that is in a file's bytes.
///
/// # Errors
/// Where they are no Parquet file.
pub fn read(bytes: Vec<u8>) -> PolarsResult<DataFrame> {
    ParquetReader::new(Cursor::new(bytes)).finish()
}

/// A file that has these columns.
///
/// # Errors
/// None, but those of polars.
pub fn scan(path: &Path, schema: Schema) -> PolarsResult<LazyFrame> {
    let schema = Arc::new(schema);
    let file = Arc::new(Scan { path: path.into(), schema: schema.clone() });
    LazyFrame::anonymous_scan(file, ScanArgsAnonymous { schema: Some(schema), name: "parquet", ..Default::default() })
}

struct Scan {
    path: Box<Path>,
    schema: SchemaRef,
}

impl AnonymousScan for Scan {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn scan(&self, asked: AnonymousScanArgs) -> PolarsResult<DataFrame> {
        let columns = asked.with_columns.map(|columns| columns.iter().map(ToString::to_string).collect());
        ParquetReader::new(File::open(&self.path)?).with_columns(columns).finish()
    }

    fn schema(&self, _: Option<usize>) -> PolarsResult<SchemaRef> {
        Ok(self.schema.clone())
    }

    fn allows_projection_pushdown(&self) -> bool {
        true
    }
}
