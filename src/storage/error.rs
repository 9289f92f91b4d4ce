//! What can go wrong in storage, as far as callers treat it differently.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A failure of storage.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The row is not there, or not visible to the one who asks.
    #[error("not found")]
    NotFound,
    /// The change would break a rule that the database holds, such as two
    /// rows with one key.
    #[error("this conflicts with what is stored")]
    Conflict,
    /// Somebody else changed the row since it was read.
    #[error("somebody else changed this meanwhile")]
    Stale,
    /// The database cannot be reached or opened.
    #[error("{0}")]
    Unavailable(String),
    /// What is stored cannot be understood; the text says which row and why.
    #[error("the database holds something this version cannot read: {0}")]
    Unreadable(String),
    /// Anything else.
    #[error("the database refused: {0}")]
    Other(#[source] DieselError),
}

/// The result of a storage function.
pub type StorageResult<T> = Result<T, StorageError>;

impl From<DieselError> for StorageError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => StorageError::NotFound,
            DieselError::DatabaseError(
                DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::ForeignKeyViolation,
                _,
            ) => StorageError::Conflict,
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, info) => {
                StorageError::Unavailable(info.message().to_owned())
            }
            DieselError::DatabaseError(_, ref info)
                if info.message().contains("readonly database") =>
            {
                StorageError::Unavailable(
                    "the database file is read-only; give the program the right to write to it \
                     and to its folder, or choose another file with --database-url"
                        .to_owned(),
                )
            }
            other => StorageError::Other(other),
        }
    }
}
