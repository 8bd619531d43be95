//! Rows that are read for all that they hold. One that cannot be read is set aside in the table `unread`, for the operator
//! to look at, and reported; the others are read. So a damaged row costs what it held, and not the bot.

use rusqlite::{
    Connection, Params, Row, params_from_iter,
    types::{Type, Value, ValueRef},
};
use tracing::error;

/// Whether an error says that a row cannot be read, and not that the database cannot.
pub(super) fn is_of_row(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error};
    matches!(error, FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) | Utf8Error(..))
}

/// The text in a column does not say what it should.
pub(super) fn malformed(column: usize, why: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(why))
}

/// Rows of `table`, each made of its `columns`, which tell it from all others. `rest` says which, and in what order.
pub(super) fn read<T>(
    db: &Connection,
    table: &str,
    columns: &str,
    rest: &str,
    values: impl Params,
    read: impl Fn(&Row) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let mut select = db.prepare_cached(&format!("SELECT {columns} FROM {table} {rest}"))?;
    let names: Vec<String> = select.column_names().into_iter().map(str::to_owned).collect();
    let mut rows = select.query(values)?;
    let (mut sound, mut damaged) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        match read(row) {
            Ok(one) => sound.push(one),
            Err(why) if is_of_row(&why) => damaged.push((bytes(row, names.len())?, why)),
            Err(error) => return Err(error),
        }
    }
    for (row, why) in damaged {
        set_aside(db, table, &names, row, &why)?;
    }
    Ok(sound)
}

/// A text as far as it can be read.
pub(super) fn lossy(row: &Row, column: usize) -> rusqlite::Result<Option<String>> {
    let bytes = row.get_ref(column)?.as_bytes_or_null()?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
}

/// What the columns of a row hold, whether or not it is what it should be.
fn bytes(row: &Row, columns: usize) -> rusqlite::Result<Vec<Value>> {
    let value = |column| {
        Ok(match row.get_ref(column)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Blob(number.to_string().into_bytes()),
            ValueRef::Real(number) => Value::Blob(number.to_string().into_bytes()),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        })
    };
    (0..columns).map(value).collect()
}

/// A value as the operator will read it. What is no text is written as SQL writes it.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Blob(bytes) => match String::from_utf8(bytes.clone()) {
            Ok(text) => Some(text),
            Err(damaged) => Some(format!("x'{}'", hex::encode(damaged.into_bytes()))),
        },
        _ => None,
    }
}

fn set_aside(
    db: &Connection,
    table: &str,
    names: &[String],
    row: Vec<Value>,
    why: &rusqlite::Error,
) -> rusqlite::Result<()> {
    error!("a row of the table {table} is set aside, because it cannot be read: {why}");
    let shown: Vec<_> = row.iter().map(shown).collect();
    let key: Vec<_> = shown.iter().flatten().map(String::as_str).collect();
    let json = serde_json::json!(shown).to_string();
    let same: Vec<_> = (1..).zip(names).map(|(place, name)| format!("CAST(\"{name}\" AS BLOB) IS ?{place}")).collect();
    db.execute_batch("SAVEPOINT aside")?;
    db.execute(
        "INSERT OR REPLACE INTO unread VALUES ('', 'table ' || ?1, ?2, ?3, ?4)",
        [table, &key.join("/"), &json, &why.to_string()],
    )?;
    db.execute(&format!("DELETE FROM {table} WHERE {}", same.join(" AND ")), params_from_iter(row))?;
    db.execute_batch("RELEASE aside")
}
