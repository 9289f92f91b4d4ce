//! Opening the database, and the rules every connection keeps.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use diesel::{Connection, PgConnection, QueryResult, RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::error::{StorageError, StorageResult};
use super::writer::Writer;

pub use either::DbConn;

mod either {
    #![allow(missing_docs, reason = "the derive writes items of its own")]
    use diesel::{PgConnection, SqliteConnection};

    /// A connection to either database.
    #[derive(diesel::MultiConnection)]
    pub enum DbConn {
        /// PostgreSQL.
        Postgres(PgConnection),
        /// SQLite.
        Sqlite(SqliteConnection),
    }
}

/// Runs one expression on whichever database the connection is to. For what
/// diesel cannot express on both at once: upserts and inserts of many rows.
macro_rules! on_each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::storage::connection::DbConn::Postgres($c) => $body,
            $crate::storage::connection::DbConn::Sqlite($c) => $body,
        }
    };
}
pub(super) use on_each;

/// Rows put into one insert statement: below PostgreSQL's 65,535 and SQLite's
/// 32,766 parameters for every table.
pub(super) const ROWS_PER_INSERT: usize = 1_000;

/// Where the data is kept.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of SQLite's.
    Sqlite(PathBuf),
    /// A PostgreSQL server, as a whole URL.
    Postgres(String),
}

/// The URL of a database that nobody could open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a database this program knows; write sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME"
)]
pub struct UnknownDatabase(String);

impl FromStr for DatabaseUrl {
    type Err = UnknownDatabase;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(DatabaseUrl::Postgres(url.to_owned()));
        }
        match url.strip_prefix("sqlite:") {
            Some(path) if !path.trim_start_matches("//").is_empty() => {
                let path = path.strip_prefix("//").unwrap_or(path);
                Ok(DatabaseUrl::Sqlite(PathBuf::from(path)))
            }
            _ => Err(UnknownDatabase(without_password(url))),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The URL with the password, if it has one, replaced: URLs end in logs.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return url.to_owned() };
    match user.split_once(':') {
        Some((name, _)) => format!("{scheme}://{name}:***@{host}"),
        None => url.to_owned(),
    }
}

impl DatabaseUrl {
    pub(super) fn connect(&self) -> StorageResult<DbConn> {
        match self {
            DatabaseUrl::Sqlite(path) => {
                let unavailable = |why: String| {
                    let advice = match &*why {
                        why if why.contains("not a database") => {
                            "name the file this program made, or a new one"
                        }
                        why if why.contains("readonly") => {
                            "let the user who runs this write to the file and its folder"
                        }
                        _ => "check that its folder exists and may be written to",
                    };
                    StorageError::Unavailable(format!(
                        "cannot open the database file {}: {why}; {advice}",
                        path.display()
                    ))
                };
                let mut conn = SqliteConnection::establish(&path.to_string_lossy())
                    .map_err(|e| unavailable(e.to_string()))?;
                // The timeout comes first, so that the others wait for a lock.
                for pragma in [
                    "PRAGMA busy_timeout = 5000",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA foreign_keys = ON",
                    // What is erased is overwritten in the file as well.
                    "PRAGMA secure_delete = ON",
                ] {
                    conn.batch_execute(pragma).map_err(|e| unavailable(e.to_string()))?;
                }
                Ok(DbConn::Sqlite(conn))
            }
            DatabaseUrl::Postgres(url) => {
                PgConnection::establish(url).map(DbConn::Postgres).map_err(|e| {
                    StorageError::Unavailable(format!(
                        "cannot reach the PostgreSQL server at {self}: {}; check that it runs and \
                         that the address, name and password are right",
                        e.to_string().trim().replace('\n', " ")
                    ))
                })
            }
        }
    }
}

/// Opens connections for the pool, by the scheme of the URL: diesel's own way
/// would create an empty SQLite file for any mistyped one.
#[derive(Debug)]
pub struct Manager {
    url: DatabaseUrl,
}

impl ManageConnection for Manager {
    type Connection = DbConn;
    type Error = StorageError;

    fn connect(&self) -> Result<DbConn, StorageError> {
        self.url.connect()
    }

    fn is_valid(&self, conn: &mut DbConn) -> Result<(), StorageError> {
        diesel::sql_query("SELECT 1").execute(conn)?;
        Ok(())
    }

    fn has_broken(&self, conn: &mut DbConn) -> bool {
        std::thread::panicking() || AnsiTransactionManager::is_broken_transaction_manager_of(conn)
    }
}

/// Lets the manager ask either connection whether a transaction was left
/// half-way.
trait BrokenTransaction {
    fn is_broken_transaction_manager_of(conn: &mut DbConn) -> bool;
}

impl BrokenTransaction for AnsiTransactionManager {
    fn is_broken_transaction_manager_of(conn: &mut DbConn) -> bool {
        on_each!(conn, |c| AnsiTransactionManager::is_broken_transaction_manager(c))
    }
}

/// A pool of connections to the database of one installation.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    /// For SQLite, the one way in for what writes.
    writer: Option<Arc<Writer>>,
}

/// A connection of the pool. It reads by itself; what writes goes through
/// [`change`], which is given this and hands a [`DbConn`] to the work, so
/// that no transaction is begun inside of another.
pub struct Conn {
    pooled: PooledConnection<Manager>,
    writer: Option<Arc<Writer>>,
}

impl Deref for Conn {
    type Target = DbConn;

    fn deref(&self) -> &DbConn {
        &self.pooled
    }
}

impl DerefMut for Conn {
    fn deref_mut(&mut self) -> &mut DbConn {
        &mut self.pooled
    }
}

const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// The key of the lock that keeps two processes from migrating at once.
const MIGRATION_LOCK: i64 = 0x6d_6f73_7479;

impl Db {
    /// Opens the database and brings its tables to this version of the
    /// program.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] with one sentence that says what to do.
    pub fn open(url: &DatabaseUrl) -> StorageResult<Db> {
        // One connection first, by hand, for an error a person can act on: a
        // pool only says that it timed out.
        let mut first = url.connect()?;
        migrate(&mut first)?;
        drop(first);
        let pool = Pool::builder()
            // A thread that waits for its turn to write holds one; of SQLite's
            // they are cheap.
            .max_size(if matches!(url, DatabaseUrl::Sqlite(_)) { 32 } else { 12 })
            .min_idle(Some(1))
            // What a busy minute needed is given back to the server after it.
            .idle_timeout(Some(Duration::from_secs(60)))
            .connection_timeout(Duration::from_secs(5))
            .test_on_check_out(matches!(url, DatabaseUrl::Postgres(_)))
            .build(Manager { url: url.clone() })
            .map_err(|e| StorageError::Unavailable(e.to_string()))?;
        let writer = match url {
            DatabaseUrl::Sqlite(_) => Some(Arc::new(Writer::new(url.clone()))),
            DatabaseUrl::Postgres(_) => None,
        };
        Ok(Db { pool, writer })
    }

    /// A connection, for as long as it is held.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when the database cannot be reached or
    /// every connection stays busy for five seconds.
    pub fn conn(&self) -> StorageResult<Conn> {
        let pooled = self.pool.get().map_err(|e| StorageError::Unavailable(e.to_string()))?;
        Ok(Conn { pooled, writer: self.writer.clone() })
    }

    /// [`change`] for work that needs no connection before: on SQLite none of
    /// the pool is taken for it.
    pub fn change<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.writer {
            Some(writer) => writer.write(work),
            None => change(&mut self.conn()?, work),
        }
    }

    /// [`Db::change`] for whoever answers requests: no thread waits for it,
    /// and on SQLite many need one thread of those for work that blocks. What
    /// was asked for is done also when nobody waits for the answer any more.
    pub async fn change_beside<T, E>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let ended = || StorageError::Unavailable("a change did not end".to_owned());
        if let Some(writer) = &self.writer {
            let (answered, is_first) = writer.leave(work);
            if is_first {
                let writer = Arc::clone(writer);
                tokio::task::spawn_blocking(move || writer.do_what_is_left());
            }
            return answered.await.unwrap_or_else(|_| Err(ended().into()));
        }
        let db = self.clone();
        let done = tokio::task::spawn_blocking(move || db.change(work)).await;
        done.unwrap_or_else(|_| Err(ended().into()))
    }
}

/// Applies the migrations that are not applied yet.
pub fn migrate(conn: &mut DbConn) -> StorageResult<()> {
    let failed = |e: Box<dyn std::error::Error + Send + Sync>| {
        let text = e.to_string();
        StorageError::Unavailable(if text.contains("readonly") {
            "the database is read-only; give the program the right to write to it and to its \
             folder"
                .to_owned()
        } else {
            format!("the tables could not be brought to this version: {text}")
        })
    };
    match conn {
        DbConn::Sqlite(c) => {
            c.batch_execute("PRAGMA foreign_keys = OFF")?;
            let result = c.run_pending_migrations(SQLITE_MIGRATIONS).map(drop).map_err(failed);
            c.batch_execute("PRAGMA foreign_keys = ON")?;
            result
        }
        DbConn::Postgres(c) => {
            c.batch_execute(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})"))?;
            let result = c.run_pending_migrations(POSTGRES_MIGRATIONS).map(drop).map_err(failed);
            c.batch_execute(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})"))?;
            result
        }
    }
}

/// Undoes every migration; for tests of the migrations.
pub fn unmigrate(conn: &mut DbConn) -> StorageResult<()> {
    let failed = |e: Box<dyn std::error::Error + Send + Sync>| {
        StorageError::Unavailable(format!("the migrations could not be undone: {e}"))
    };
    match conn {
        DbConn::Sqlite(c) => c.revert_all_migrations(SQLITE_MIGRATIONS).map(drop).map_err(failed),
        DbConn::Postgres(c) => {
            c.revert_all_migrations(POSTGRES_MIGRATIONS).map(drop).map_err(failed)
        }
    }
}

/// Runs `work` as a transaction that may write: all of it happens or none,
/// and when this returns the disk has it.
///
/// On SQLite the transactions of one process go through one [`Writer`]. On
/// PostgreSQL two can read the same row before either writes it, so edits
/// carry a version and limits are conditional updates.
pub fn change<T, E: From<StorageError>>(
    conn: &mut Conn,
    work: impl FnOnce(&mut DbConn) -> Result<T, E>,
) -> Result<T, E> {
    if let Some(writer) = &conn.writer {
        return writer.write(work);
    }
    let conn: &mut DbConn = &mut conn.pooled;
    begin(conn).map_err(StorageError::from)?;
    match catch_unwind(AssertUnwindSafe(|| work(conn))) {
        Ok(Ok(value)) => {
            commit(conn).map_err(StorageError::from)?;
            Ok(value)
        }
        Ok(Err(error)) => {
            roll_back(conn).map_err(StorageError::from)?;
            Err(error)
        }
        Err(panic) => {
            if let Err(error) = roll_back(conn) {
                log::error!("could not roll back after a panic: {error}");
            }
            resume_unwind(panic)
        }
    }
}

/// Begins a transaction that writes. On SQLite it takes the write lock at
/// once; one that begins by reading and then wants to write fails there with
/// "database is locked" instead of waiting.
pub(super) fn begin(conn: &mut DbConn) -> QueryResult<()> {
    match conn {
        DbConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        DbConn::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
    }
}

/// Begins a part of a transaction that can be undone alone.
pub(super) fn begin_inside(conn: &mut DbConn) -> QueryResult<()> {
    on_each!(conn, |c| AnsiTransactionManager::begin_transaction(c))
}

/// Keeps what was done since the last beginning.
pub(super) fn commit(conn: &mut DbConn) -> QueryResult<()> {
    on_each!(conn, |c| AnsiTransactionManager::commit_transaction(c))
}

/// Undoes what was done since the last beginning.
pub(super) fn roll_back(conn: &mut DbConn) -> QueryResult<()> {
    on_each!(conn, |c| AnsiTransactionManager::rollback_transaction(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_are_opened_and_passwords_stay_out_of_logs() {
        assert_eq!("sqlite:a.db".parse(), Ok(DatabaseUrl::Sqlite("a.db".into())));
        assert_eq!("sqlite:///tmp/a.db".parse(), Ok(DatabaseUrl::Sqlite("/tmp/a.db".into())));
        assert!("mysql://x".parse::<DatabaseUrl>().is_err());
        assert!("mosty.db".parse::<DatabaseUrl>().is_err());
        assert!("sqlite:".parse::<DatabaseUrl>().is_err());
        let url: DatabaseUrl = "postgres://u:secret@h/d".parse().expect("a known scheme");
        assert_eq!(url.to_string(), "postgres://u:***@h/d");
    }
}
