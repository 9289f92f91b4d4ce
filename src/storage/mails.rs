//! Letters to be sent: written in the transaction of what they speak of, sent
//! by a job each.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::jobs;
use super::schema::mails;
use crate::domain::account::AccountId;
use crate::domain::time::Moment;

/// The kind of the jobs that send letters.
pub const JOB: &str = "mail";

/// A letter, whole: it is written in the reader's language when it is put
/// here, so that sending needs nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// To whose account; none for somebody without one.
    pub account: Option<AccountId>,
    /// What about; readers choose by it which letters they get.
    pub topic: String,
    /// Where to.
    pub address: String,
    /// In which language.
    pub language: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// The same as HTML.
    pub html: String,
    /// The same for every attempt, so that a mailbox recognises a letter that
    /// was sent twice.
    pub message_id: String,
    /// Where its reader stops more of the kind with one click; empty for
    /// letters that nobody can refuse.
    pub unsubscribe: String,
}

/// Puts a letter in the queue; call inside the transaction of what it speaks
/// of.
pub fn add(conn: &mut DbConn, mail: &Mail, now: Moment) -> StorageResult<i64> {
    let id: i64 = diesel::insert_into(mails::table)
        .values((
            mails::account_id.eq(mail.account.map(|a| a.0)),
            mails::topic.eq(&mail.topic),
            mails::address.eq(&mail.address),
            mails::language.eq(&mail.language),
            mails::subject.eq(&mail.subject),
            mails::body.eq(&mail.body),
            mails::html.eq(&mail.html),
            mails::message_id.eq(&mail.message_id),
            mails::created_at.eq(now),
            mails::unsubscribe.eq(&mail.unsubscribe),
        ))
        .returning(mails::id)
        .get_result(conn)?;
    jobs::add(conn, JOB, &id.to_string(), now)?;
    Ok(id)
}

#[derive(Queryable)]
struct MailRow {
    _id: i64,
    account_id: Option<i64>,
    topic: String,
    address: String,
    language: String,
    subject: String,
    body: String,
    html: String,
    message_id: String,
    _created_at: Moment,
    sent_at: Option<Moment>,
    unsubscribe: String,
}

/// A letter that is still to be sent; none when it was sent or its reader is
/// gone.
pub fn unsent(conn: &mut DbConn, id: i64) -> StorageResult<Option<Mail>> {
    let row: Option<MailRow> = mails::table.find(id).get_result(conn).optional()?;
    Ok(row.filter(|row| row.sent_at.is_none()).map(|row| Mail {
        account: row.account_id.map(AccountId),
        topic: row.topic,
        address: row.address,
        language: row.language,
        subject: row.subject,
        body: row.body,
        html: row.html,
        message_id: row.message_id,
        unsubscribe: row.unsubscribe,
    }))
}

/// Notes that a letter was sent.
pub fn sent(conn: &mut DbConn, id: i64, now: Moment) -> StorageResult<()> {
    let noted = diesel::update(mails::table.find(id)).set(mails::sent_at.eq(now)).execute(conn)?;
    if noted == 1 { Ok(()) } else { Err(StorageError::NotFound) }
}

/// Removes letters that were written before a moment, sent or given up.
pub fn remove_before(conn: &mut DbConn, moment: Moment) -> StorageResult<usize> {
    Ok(diesel::delete(mails::table.filter(mails::created_at.lt(moment))).execute(conn)?)
}
