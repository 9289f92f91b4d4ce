//! What went wrong in programs like this one, each as a test that it does not
//! go wrong here.
//!
//! Some is shown by tests of other modules:
//!
//! | advisory | what happened there | shown by |
//! |---|---|---|
//! | CVE-2023-47635 | one address took forms without asking where they came from | `signing_in::every_address_lets_through_whom_it_is_for_and_nobody_else` |
//! | CVE-2023-36465, CVE-2026-45086, CVE-2026-45415 | whoever was signed in reached pages of the administration | the same |
//! | CVE-2023-47634 | many requests at once counted several times | `claims::of_fifty_decisions_at_once_one_holds`, `people::members_invite_hand_over_and_leave_but_somebody_always_signs`, `people::one_button_hides_everything_and_two_officers_lift_it`, `profiles::two_editors_never_overwrite_each_other_silently` |
//! | CVE-2026-43913 | an owner who had not confirmed yet could act as one | `people::members_invite_hand_over_and_leave_but_somebody_always_signs`, and all other states in [`doors`] |
//! | CVE-2023-51447 | the name of an uploaded file was markup | `claims::files_are_shown_to_whoever_decides_and_do_no_harm` |
//! | GHSA-33pv-vcgh-jfg9 | a large upload took all the memory | the same; `media::a_flood_of_pixels_is_refused_before_it_is_drawn`, `wire::a_form_that_is_too_large_is_refused` |
//! | CVE-2026-40869 | anybody accepted what others had proposed | `claims::a_claim_is_its_claimants_and_never_decided_by_them` |
//! | emergency access of vaultwarden before 1.32.0 | who was given a right set its conditions | the same: a claim is changed only in the states of its table |
//! | stored XSS of July 2023 | a policy with `unsafe-inline` let it run | `web::every_answer_carries_the_headers_errors_included` |
//!
//! The others are here: [`markup`] is about what people write, [`queries`]
//! about what stands in an address, [`tenants`] about what belongs to somebody
//! else, [`doors`] about links, sessions and tries.

mod doors;
mod markup;
mod queries;
mod tenants;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use mosty::auth::token::Token;
use mosty::auth::{password, totp};
use mosty::domain::account::{
    AccountId, MemberRole, MemberState, Membership, Office, OrganisationKind, Person,
};
use mosty::domain::municipality::{MunicipalityId, Status};
use mosty::domain::time::Moment;
use mosty::storage::credentials;
use mosty::storage::facts;
use mosty::storage::memberships;
use mosty::storage::version;
use mosty::storage::{Db, accounts, directory, organisations, sessions};

use crate::signing_in::PASSWORD;
use crate::support::{Answer, MovingClock, TestDb, TestServer, get, now, post, rows};

type Anyhow = anyhow::Error;

/// A recovery code that every account with a second factor has here.
const RECOVERY: &str = "aaaa-bbbb-cccc-dddd";

/// A server on each database, with a clock that the test moves.
fn servers() -> Vec<(&'static str, TestServer, MovingClock)> {
    TestDb::each().into_iter().map(served).collect()
}

/// The same on SQLite alone, where the database makes no difference.
fn server() -> (TestServer, MovingClock) {
    let (_, server, clock) = served(TestDb::sqlite());
    (server, clock)
}

fn served(db: TestDb) -> (&'static str, TestServer, MovingClock) {
    let (name, clock) = (db.name, MovingClock::new());
    (name, TestServer::start_with(db.filled(), clock.clone(), None), clock)
}

/// What is stored of [`PASSWORD`], made once.
fn stored_password() -> &'static str {
    static STORED: OnceLock<String> = OnceLock::new();
    STORED.get_or_init(|| password::hash(PASSWORD).unwrap())
}

/// An active account whose password is [`PASSWORD`]; with a second factor
/// where it holds an office.
fn account(db: &Db, email: &str, office: Office) -> AccountId {
    let person =
        Person { name: format!("Name of {email}"), email: email.into(), language: "en".into() };
    db.change(|conn| -> Result<AccountId, Anyhow> {
        let id = accounts::create(conn, &person, office, None, now())?;
        credentials::set_password(conn, id, stored_password(), None, now())?;
        if office != Office::None {
            let codes = [totp::recovery_hash(RECOVERY)];
            let secret = totp::new_secret()?;
            credentials::set_second_factor(conn, id, Some((&secret, 0, &codes)), None, now())?;
        }
        Ok(id)
    })
    .unwrap()
}

/// The municipality of the fixture with this slug.
fn municipality(db: &Db, slug: &str) -> MunicipalityId {
    let contents = directory::load(db).unwrap();
    let found = contents.records.iter().find(|r| r.municipality.slug == slug);
    found.unwrap_or_else(|| panic!("no {slug}")).municipality.id
}

/// Lets an account speak for a municipality, or no more.
fn set_membership(db: &Db, id: AccountId, of: MunicipalityId, state: MemberState) {
    let membership = Membership { municipality: of, role: MemberRole::Signatory, state };
    db.change(|conn| memberships::set_membership(conn, id, membership, None, now())).unwrap();
}

/// An officer who looks after the municipalities of one country.
fn officer_of(db: &Db, email: &str, country: &str) -> AccountId {
    let id = account(db, email, Office::Officer);
    db.change(|conn| -> Result<(), Anyhow> {
        let countries = [country.parse().unwrap()];
        let kind = OrganisationKind::Association;
        let organisation = organisations::add(conn, kind, &format!("Of {email}"), &countries)?;
        Ok(accounts::set_office(conn, id, Office::Officer, Some(organisation), id, now())?)
    })
    .unwrap();
    id
}

fn verify(db: &Db, id: MunicipalityId) {
    db.change(|conn| -> Result<(), Anyhow> {
        let version = version::next_version(conn)?;
        facts::set_status(conn, id, Status::Verified, false)?;
        Ok(version::touch(conn, id, version)?)
    })
    .unwrap();
}

/// Makes every counter of tries begin anew.
fn forget_tries(db: &Db) {
    let sql = "DELETE FROM attempts RETURNING key AS text";
    rows(db, sql, sql);
}

/// Waits until the server shows what is committed.
fn settled(server: &TestServer) {
    server.get("/healthz");
}

/// Somebody who asks and looks at each answer as it is, without following it
/// anywhere; forms carry the right value whether a page showed them or not.
#[derive(Clone)]
struct Asker {
    url: String,
    cookie: String,
    proof: String,
}

impl Asker {
    fn nobody(server: &TestServer) -> Asker {
        Asker::holding(server, "form", &Token::new().unwrap())
    }

    /// Somebody whose session begins now.
    fn begin(server: &TestServer, id: AccountId, at: Moment) -> Asker {
        let token = Token::new().unwrap();
        let begun = |conn: &mut _| sessions::begin(conn, &token.hash(), id, true, "A browser", at);
        server.db.change(begun).unwrap();
        Asker::holding(server, "session", &token)
    }

    fn holding(server: &TestServer, cookie: &str, token: &Token) -> Asker {
        Asker {
            url: server.url.clone(),
            cookie: format!("{cookie}={}", token.as_str()),
            proof: token.form_value(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        get(&format!("{}{path}", self.url), &[("cookie", &self.cookie)])
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = [&[("_form", self.proof.as_str())], fields].concat();
        let body = serde_html_form::to_string(&fields).unwrap();
        post(&format!("{}{path}", self.url), &[("cookie", &self.cookie)], &body)
    }

    /// Whether the session still opens the pages of the account.
    fn is_signed_in(&self) -> bool {
        self.get("/en/account").status == 200
    }
}

/// A text without any space, to be compared with what a page shows.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every text that somebody reads on a page, in fields too, without space.
fn readable(html: &scraper::Html) -> String {
    let mut all: String = html.root_element().text().collect();
    for element in html.root_element().descendent_elements() {
        let value = element.value();
        all.extend(
            ["value", "content", "aria-label", "title"].iter().filter_map(|n| value.attr(n)),
        );
    }
    bare(&all)
}

/// All templates as one text.
fn templates() -> &'static str {
    static ALL: OnceLock<String> = OnceLock::new();
    ALL.get_or_init(|| {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut folders = vec![root];
        let mut all = String::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    all.push_str(&std::fs::read_to_string(path).unwrap());
                }
            }
        }
        all
    })
}

/// What on a page no template of this program has written: elements and
/// attributes of another kind, scripts with words in them, addresses that a
/// browser would run or that lead a form elsewhere.
fn foreign_markup(html: &scraper::Html) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in html.root_element().descendent_elements() {
        let value = element.value();
        let name = value.name();
        let is_ours = ["html", "head", "body", "tbody"].contains(&name)
            || [" ", ">", "\n", "{", "/"]
                .iter()
                .any(|end| templates().contains(&format!("<{name}{end}")));
        if !is_ours {
            found.insert(format!("<{name}>"));
        }
        if name == "script" && !(bare(&element.text().collect::<String>())).is_empty() {
            found.insert("a script with words".to_owned());
        }
        for (attribute, text) in value.attrs() {
            let written = [" ", "\n", "}"].iter().any(|before| {
                ["=", ">", " ", "{"]
                    .iter()
                    .any(|after| templates().contains(&format!("{before}{attribute}{after}")))
            });
            if !written || attribute.starts_with("on") || attribute == "x-mark" {
                found.insert(format!("<{name} {attribute}>"));
            }
            // Browsers pass over some characters of an address.
            let plain: String = text.chars().filter(|c| !c.is_control()).collect();
            let plain = plain.trim().to_lowercase();
            let runs = ["javascript:", "vbscript:", "data:"].iter().any(|s| plain.starts_with(s));
            let leads = ["href", "src", "action", "formaction", "data", "xlink:href"];
            let local = plain.starts_with('/') && !plain.starts_with("//");
            if leads.contains(&attribute)
                && (runs
                    || (["form", "script", "link"].contains(&name) && !local && attribute != "rel"))
            {
                found.insert(format!("<{name} {attribute}={plain}>"));
            }
        }
    }
    found
}

/// Every address of the table that is read or sent to, with something in the
/// place of its braces.
fn addresses(method: &str, slug: &str, id: &str) -> Vec<String> {
    let table = mosty::web::table().into_iter().filter(|row| row.method == method);
    table
        .map(|row| {
            row.address
                .replace("{lang:en|uk}", "en")
                .replace("{slug}", slug)
                .replace("{partner}", "swidnik")
                .replace("{name}", "none")
                .replace("{token}", "none")
                .replace("{key}", "none")
                .replace("{topic}", "digest")
                .replace("{number}", "1")
                .replace("{id}", id)
        })
        .collect()
}
