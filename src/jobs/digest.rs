//! What is told by letter without anybody asking: once a week what is new for
//! a profile and which entries run out, once a day what waits for officers.
//! Whoever does not want them gets none.

use std::collections::{HashMap, HashSet};

use chrono::Duration;

use crate::auth::token::Token;
use crate::domain::account::{AccountId, AccountState, Person};
use crate::domain::area::SubArea;
use crate::domain::audience::Direction;
use crate::domain::claim::ClaimState;
use crate::domain::directory::{Record, Row};
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::MunicipalityId;
use crate::domain::profile::Entry;
use crate::domain::request::RequestState;
use crate::domain::time::Moment;
use crate::i18n::{Lang, T, Value};
use crate::mail::Site;
use crate::mail::letter::{self, Door, Reader};
use crate::snapshot::Snapshot;
use crate::storage::events::{self, Wanted};
use crate::storage::mails::{self, Mail};
use crate::storage::{DbConn, accounts, claims, members, preferences, profiles, requests};
use crate::wording;

/// The event that says up to when news was told.
const TOLD: &str = "digest-sent";
/// Events that are looked at for one week.
const MOST_EVENTS: i64 = 200_000;
/// News in one letter.
const MOST_NEWS: usize = 10;
/// For how many days before they run out entries are named.
const RUNNING_OUT: i64 = 30;
/// How long ago something was done for all to know of it: longer than the
/// wait for a turn to write, and than the clocks of processes differ.
const SETTLED: Duration = Duration::minutes(1);
/// What waits is counted up to this.
const MOST_WAITING: i64 = 1_000;

/// The sub-areas that a municipality has stated anew, by its events.
type News = HashMap<MunicipalityId, HashSet<SubArea>>;

/// What was stated anew in public since a moment, or ever.
fn news_since(
    conn: &mut DbConn,
    snapshot: &Snapshot,
    since: Option<Moment>,
    now: Moment,
) -> anyhow::Result<News> {
    let wanted = Wanted {
        subject: Some(Subject::Municipality),
        from: since,
        until: Some(now),
        ..Wanted::default()
    };
    let mut news = News::new();
    for event in events::search(conn, &wanted, MOST_EVENTS)? {
        let id = MunicipalityId(event.subject_id);
        let Some(row) = snapshot.directory.by_id(id) else { continue };
        let public = snapshot.directory.record(row).profile.public_entries(snapshot.today);
        let before = event.from.as_deref().unwrap_or("");
        // Changing the words of an entry states nothing new.
        let is_new = |e: &Entry| match event.action.as_str() {
            "profile-published" | "imported" | "shown-again" => true,
            "profile-entries" => {
                !before.contains(&format!("{} {}:", e.direction.as_str(), e.subarea))
            }
            _ => false,
        };
        news.entry(id).or_default().extend(public.filter(|e| is_new(e)).map(|e| e.subarea));
    }
    news.retain(|_, subareas| !subareas.is_empty());
    Ok(news)
}

/// The news that meets a profile: who, and the entry.
fn meets<'a>(snapshot: &'a Snapshot, own: &Record, news: &News) -> Vec<(Row, &'a Entry)> {
    let abroad = !own.municipality.country.is_ukraine();
    let mut found = Vec::new();
    for (id, subareas) in news {
        let Some(row) = snapshot.directory.by_id(*id) else { continue };
        let other = snapshot.directory.record(row);
        if other.municipality.country.is_ukraine() != abroad
            || !other.municipality.may_be_suggested()
        {
            continue;
        }
        let entry = other.profile.public_entries(snapshot.today).find(|e| {
            let mine = |own: &Entry| {
                own.subarea == e.subarea
                    && ((own.direction.needs() && e.direction.offers())
                        || (own.direction.offers() && e.direction.needs()))
            };
            subareas.contains(&e.subarea) && own.profile.entries.iter().any(mine)
        });
        found.extend(entry.map(|entry| (row, entry)));
    }
    found.sort_by_key(|(row, _)| *row);
    found.truncate(MOST_NEWS);
    found
}

/// Writes a letter that its reader can do without, unless the reader has said
/// so.
fn tell(
    conn: &mut DbConn,
    site: &Site,
    (id, person): (AccountId, &Person),
    (topic, choice, about): (&str, &str, Option<MunicipalityId>),
    args: &[(&str, Value<'_>)],
    url: String,
    now: Moment,
) -> anyhow::Result<()> {
    // Nobody closes or erases the account while the letter is written.
    if accounts::hold(conn, id)? != AccountState::Active
        || preferences::unwanted(conn, id)?.iter().any(|t| t == choice)
    {
        return Ok(());
    }
    let key = preferences::letters_key(conn, id, Token::new()?.as_str())?;
    let language = Lang::parse_page(&person.language).unwrap_or(Lang::En).code();
    let stop = format!("{}/{language}/unsubscribe/{key}/{choice}", site.address);
    let door = Door { url, secret: false };
    let reader = Reader { account: id, person };
    let mail = letter::write_refusable(reader, topic, args, Some(&door), site.host(), &stop)?;
    mails::add(conn, &Mail { about, ..mail }, now)?;
    Ok(())
}

/// A line of a letter about an entry.
fn line(t: T, direction: Direction, subarea: SubArea) -> String {
    format!("{}: {}", t.get(&format!("direction-{}", direction.as_str())), t.get(&subarea.key()))
}

/// Tells the members of one municipality what is new for it and what runs
/// out.
fn tell_members(
    conn: &mut DbConn,
    site: &Site,
    snapshot: &Snapshot,
    id: MunicipalityId,
    news: &News,
    now: Moment,
) -> anyhow::Result<()> {
    let Some(row) = snapshot.directory.by_id(id) else { return Ok(()) };
    // Members hear of what meets all they state, public or not.
    let profile = profiles::stated(conn, id)?.profile;
    let own = Record { profile, ..snapshot.directory.record(row).clone() };
    let found = meets(snapshot, &own, news);
    let last = (now + Duration::days(RUNNING_OUT)).date();
    let today = now.date();
    let ends = own.profile.entries.iter();
    let ends: Vec<&Entry> =
        ends.filter(|e| e.is_current_on(today) && e.expires_on <= last).collect();
    if found.is_empty() && ends.is_empty() {
        return Ok(());
    }
    for member in members::of(conn, id)? {
        if !accounts::load(conn, member.account)?.may_edit(id) {
            continue;
        }
        let Some(person) = accounts::person(conn, member.account)? else { continue };
        let t = T::pages(Lang::parse_page(&person.language).unwrap_or(Lang::En));
        let name = wording::name(t, &own.municipality);
        let here =
            format!("{}/{}/municipalities/{}", site.address, t.lang.code(), own.municipality.slug);
        let mut send = |topic: &str, lines: Vec<String>, url: String| {
            let lines = lines.join(" | ");
            let args =
                [("municipality", Value::from(name.as_str())), ("news", Value::from(&*lines))];
            let whom = (member.account, &person);
            tell(conn, site, whom, (topic, "digest", Some(id)), &args, url, now)
        };
        if !found.is_empty() {
            let lines = found.iter().map(|(row, entry)| {
                let m = snapshot.directory.municipality(*row);
                let whose = format!("{} ({})", wording::name(t, m), wording::country(t, m.country));
                format!("{whose}. {}", line(t, entry.direction, entry.subarea))
            });
            send("digest", lines.collect(), format!("{here}/partners"))?;
        }
        if !ends.is_empty() {
            let lines = ends.iter().map(|entry| {
                let until = t.one("entry-expires", "date", t.date(entry.expires_on));
                format!("{}, {until}", line(t, entry.direction, entry.subarea))
            });
            send("expiring", lines.collect(), format!("{here}/profile/entries"))?;
        }
    }
    Ok(())
}

/// Writes the letters of a week, with the note of up to when news was told, so
/// that no week is told twice and none is left out; call inside a transaction.
///
/// # Errors
/// When the database cannot be asked; nothing is to be kept then.
pub fn weekly(
    conn: &mut DbConn,
    site: &Site,
    snapshot: &Snapshot,
    now: Moment,
) -> anyhow::Result<()> {
    let told = Wanted { action: Some(TOLD.to_owned()), ..Wanted::default() };
    let since = events::search(conn, &told, 1)?.first().map(|e| e.at);
    // What happens now may not be committed yet, or in the snapshot: it is
    // told next week.
    let until = now - SETTLED;
    let news = news_since(conn, snapshot, since, until)?;
    for id in members::municipalities(conn)? {
        tell_members(conn, site, snapshot, id, &news, now)?;
    }
    Ok(events::record(
        conn,
        &NewEvent {
            subject: Subject::Directory,
            subject_id: 0,
            action: TOLD,
            actor: None,
            from: None,
            to: None,
            note: String::new(),
            at: until,
        },
    )?)
}

/// Tells officers how much waits for them; call inside a transaction.
///
/// # Errors
/// When the database cannot be asked; nothing is to be kept then.
pub fn daily(conn: &mut DbConn, site: &Site, _: &Snapshot, now: Moment) -> anyhow::Result<()> {
    for officer in accounts::officers(conn)? {
        let account = accounts::load(conn, officer)?;
        let of = account.scope();
        let claims = claims::in_state(conn, ClaimState::Submitted, of, MOST_WAITING)?.len();
        let asked = requests::in_state(conn, RequestState::Submitted, of, MOST_WAITING)?.len();
        let count = claims + asked;
        let Some(person) = accounts::person(conn, officer)?.filter(|_| count > 0) else {
            continue;
        };
        let t = T::pages(Lang::parse_page(&person.language).unwrap_or(Lang::En));
        let number = t.number(count as i64);
        let args = [("count", Value::from(count as i64)), ("n", Value::from(&*number))];
        let url = format!("{}/{}/admin/claims", site.address, t.lang.code());
        tell(conn, site, (officer, &person), ("queue", "queue", None), &args, url, now)?;
    }
    Ok(())
}
