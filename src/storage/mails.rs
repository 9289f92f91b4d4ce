//! Letters to be sent: written in the transaction of what they speak of, sent
//! by a job each.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::StorageResult;
use super::schema::{hidings, mails, municipalities};
use super::{accounts, jobs};
use crate::domain::account::{AccountId, Membership, email_key};
use crate::domain::municipality::MunicipalityId;
use crate::domain::time::Moment;

/// The kind of the jobs that send letters.
pub const JOB: &str = "mail";
/// The topic of the news that is for officers; all other is for members.
const FOR_OFFICERS: &str = "queue";

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
    /// Whether it holds a link or a code that only whoever reads its mailbox
    /// may have: then what it says is forgotten once it is sent.
    pub secret: bool,
    /// Whose news it tells, where it tells news to members.
    pub about: Option<MunicipalityId>,
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
            mails::secret.eq(mail.secret),
            mails::municipality_id.eq(mail.about.map(|m| m.0)),
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
    created_at: Moment,
    sent_at: Option<Moment>,
    unsubscribe: String,
    secret: bool,
    municipality_id: Option<i64>,
}

/// Whether whoever news was written for may still read it. What nobody can
/// refuse is about its reader alone and is theirs in any case.
fn is_still_for(conn: &mut DbConn, row: &MailRow) -> StorageResult<bool> {
    let Some(id) = row.account_id.filter(|_| !row.unsubscribe.is_empty()) else { return Ok(true) };
    let account = accounts::load(conn, AccountId(id))?;
    if row.topic == FOR_OFFICERS {
        return Ok(account.is_officer());
    }
    let about = row.municipality_id.map(MunicipalityId);
    let concerns = |m: &&Membership| about.is_none_or(|about| about == m.municipality);
    if !account.memberships.iter().filter(concerns).any(|m| account.may_edit(m.municipality)) {
        return Ok(false);
    }
    // It may name somebody who has hidden everything since it was written.
    let hidden: Vec<(String, String, String, String)> = hidings::table
        .inner_join(municipalities::table.on(municipalities::id.eq(hidings::municipality_id)))
        .filter(hidings::hidden_at.ge(row.created_at))
        .select((
            municipalities::name,
            municipalities::name_en,
            municipalities::name_uk,
            municipalities::name_native,
        ))
        .load(conn)?;
    let named = |name: &String| !name.is_empty() && row.body.contains(name.as_str());
    Ok(!hidden.iter().any(|(a, b, c, d)| [a, b, c, d].into_iter().any(named)))
}

/// A letter that is still to be sent; none when it was sent or its reader is
/// gone or may not read it any more.
pub fn unsent(conn: &mut DbConn, id: i64) -> StorageResult<Option<Mail>> {
    let row: Option<MailRow> = mails::table.find(id).get_result(conn).optional()?;
    let Some(row) = row.filter(|row| row.sent_at.is_none()) else { return Ok(None) };
    let still = is_still_for(conn, &row)?;
    Ok(Some(row).filter(|_| still).map(|row| Mail {
        account: row.account_id.map(AccountId),
        topic: row.topic,
        address: row.address,
        language: row.language,
        subject: row.subject,
        body: row.body,
        html: row.html,
        message_id: row.message_id,
        unsubscribe: row.unsubscribe,
        secret: row.secret,
        about: row.municipality_id.map(MunicipalityId),
    }))
}

/// Takes back the news of a municipality that waits to be sent to somebody;
/// call inside the transaction that ends what it was for.
pub(super) fn take_back_news(
    conn: &mut DbConn,
    account: AccountId,
    of: MunicipalityId,
) -> StorageResult<()> {
    let news = mails::table
        .filter(mails::account_id.eq(account.0))
        .filter(mails::municipality_id.eq(of.0).or(mails::municipality_id.is_null()))
        .filter(mails::sent_at.is_null())
        .filter(mails::unsubscribe.ne(""))
        .filter(mails::topic.ne(FOR_OFFICERS));
    diesel::delete(news).execute(conn)?;
    Ok(())
}

/// Removes the letters to one of these addresses of a person, as they are
/// looked up, that were written to somebody without an account; call inside a
/// transaction.
pub(super) fn forget_addresses(conn: &mut DbConn, keys: &[String]) -> StorageResult<()> {
    let to_strangers: Vec<(i64, String)> = mails::table
        .filter(mails::account_id.is_null())
        .select((mails::id, mails::address))
        .load(conn)?;
    for (id, address) in to_strangers {
        if email_key(&address).is_some_and(|key| keys.contains(&key)) {
            diesel::delete(mails::table.find(id)).execute(conn)?;
        }
    }
    Ok(())
}

/// Notes that a letter was sent, if it was not taken back meanwhile, and
/// forgets what a secret one says.
pub fn sent(conn: &mut DbConn, id: i64, now: Moment) -> StorageResult<()> {
    diesel::update(mails::table.find(id)).set(mails::sent_at.eq(now)).execute(conn)?;
    forget_secret(conn, id)
}

/// Forgets what a letter says if that is secret: it was sent or given up.
pub fn forget_secret(conn: &mut DbConn, id: i64) -> StorageResult<()> {
    diesel::update(mails::table.find(id).filter(mails::secret.eq(true)))
        .set((mails::body.eq(""), mails::html.eq("")))
        .execute(conn)?;
    Ok(())
}

/// Removes letters that were written before a moment, sent or given up.
pub fn remove_before(conn: &mut DbConn, moment: Moment) -> StorageResult<usize> {
    Ok(diesel::delete(mails::table.filter(mails::created_at.lt(moment))).execute(conn)?)
}
