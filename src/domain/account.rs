//! Who somebody is on the platform and what that allows.
//!
//! An account may hold an office (officer, admin) and speak for
//! municipalities. Every right is a function here, and whatever is not
//! allowed by one is refused. An account is a number: who the person behind
//! it is stands apart ([`Person`]) and can be erased.

use chrono::Duration;

use super::country::Country;
use super::municipality::MunicipalityId;
use super::time::Moment;
use crate::domain::words::stored_as_words;

/// The id of an account. The log names people by it and by nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// The id of an organisation officers work for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationId(pub i64);

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrganisationKind {
    /// An association of municipalities.
    Association,
    /// A programme that brings partners together.
    Programme,
}
stored_as_words!(OrganisationKind { Association = "association", Programme = "programme" });

/// Whom officers work for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// What it is called.
    pub name: String,
    /// The countries whose municipalities its officers look after; none for
    /// all.
    pub countries: Vec<Country>,
}

/// For how many days somebody who was asked to speak for a municipality can
/// say yes.
pub const MEMBERSHIP_INVITATION_DAYS: i64 = 14;
/// For how long the link works that an invitation to an account is accepted by.
pub const ACCOUNT_INVITATION: Duration = Duration::days(3);
/// For how long a link to set a new password works.
pub const PASSWORD_LINK: Duration = Duration::minutes(60);

/// How far an account has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountState {
    /// Made, but nobody has set a password yet.
    Invited,
    /// In use.
    Active,
    /// Closed for now by an admin: no right, no sign-in.
    Suspended,
    /// The person is gone from every table; the number stays in the log.
    Erased,
}
stored_as_words!(AccountState {
    Invited = "invited",
    Active = "active",
    Suspended = "suspended",
    Erased = "erased",
});

/// What somebody does for the platform, beside any municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// Nothing.
    None,
    /// Decides on claims and proposals.
    Officer,
    /// Also curates the directory and the accounts.
    Admin,
}
stored_as_words!(Office { None = "none", Officer = "officer", Admin = "admin" });

/// What somebody may do for a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberRole {
    /// Edits the profile.
    Editor,
    /// Edits, signs, invites and hides: speaks for the municipality.
    Signatory,
}
stored_as_words!(MemberRole { Editor = "editor", Signatory = "signatory" });

/// How far a membership has come. Only an active one gives any right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberState {
    /// Invited or claiming, and not confirmed.
    Invited,
    /// Confirmed.
    Active,
    /// Over.
    Ended,
}
stored_as_words!(MemberState { Invited = "invited", Active = "active", Ended = "ended" });

/// Somebody speaking for a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// For which one.
    pub municipality: MunicipalityId,
    /// With what right.
    pub role: MemberRole,
    /// Whether the right holds.
    pub state: MemberState,
}

/// An account with everything its rights follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// How far it has come.
    pub state: AccountState,
    /// What it does for the platform.
    pub office: Office,
    /// Whom an officer works for.
    pub organisation: Option<OrganisationId>,
    /// The countries whose municipalities an officer looks after; none for
    /// all.
    pub countries: Vec<Country>,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// The municipalities it speaks for, or was asked to.
    pub memberships: Vec<Membership>,
}

impl Account {
    fn active_membership(&self, municipality: MunicipalityId) -> Option<&Membership> {
        let holds =
            |m: &&Membership| m.municipality == municipality && m.state == MemberState::Active;
        self.memberships.iter().find(holds).filter(|_| self.state == AccountState::Active)
    }

    /// Whether it may see and change what is private to a municipality.
    pub fn may_edit(&self, municipality: MunicipalityId) -> bool {
        self.active_membership(municipality).is_some()
    }

    /// Whether it may speak for a municipality: invite, sign, hide.
    pub fn may_sign_for(&self, municipality: MunicipalityId) -> bool {
        self.active_membership(municipality).is_some_and(|m| m.role == MemberRole::Signatory)
    }

    /// Whether it may read what is for members of verified municipalities:
    /// it speaks for one, or is an officer.
    pub fn is_among_verified(&self, is_verified: impl Fn(MunicipalityId) -> bool) -> bool {
        let active = |m: &Membership| m.state == MemberState::Active && is_verified(m.municipality);
        let member = self.state == AccountState::Active && self.memberships.iter().any(active);
        member || self.is_officer()
    }

    /// Whether it may do what officers do with a municipality of a country:
    /// officers of an organisation look after its countries, admins after all.
    pub fn oversees(&self, country: Country) -> bool {
        let scope = self.scope();
        self.is_officer() && (scope.is_empty() || scope.contains(&country))
    }

    /// The countries that an officer looks after; empty for all.
    pub fn scope(&self) -> &[Country] {
        if self.office == Office::Admin { &[] } else { &self.countries }
    }

    /// Whether it may do what officers do. Admins may, too.
    pub fn is_officer(&self) -> bool {
        self.state == AccountState::Active && self.office >= Office::Officer
    }

    /// Whether it may do what admins do.
    pub fn is_admin(&self) -> bool {
        self.state == AccountState::Active && self.office == Office::Admin
    }

    /// Whether it has to have a second factor before it may do anything.
    pub fn must_have_second_factor(&self) -> bool {
        self.office != Office::None
    }

    /// Whether it has to set up a second factor before it may do anything.
    pub fn owes_second_factor(&self) -> bool {
        self.must_have_second_factor() && !self.second_factor
    }
}

/// Who may call an address. Every address of the program names one; there is
/// no address without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Everybody, with or without an account.
    Anyone,
    /// Whoever is signed in, for the pages of the own account: an officer
    /// who has no second factor yet gets no further.
    Account,
    /// Whoever is signed in.
    SignedIn,
    /// Officers and admins.
    Officer,
    /// Admins.
    Admin,
}

impl Access {
    /// Every value, from the widest to the narrowest.
    pub const ALL: [Access; 5] =
        [Access::Anyone, Access::Account, Access::SignedIn, Access::Officer, Access::Admin];

    /// Whether somebody may; none is a visitor who is not signed in. What
    /// belongs to one municipality is decided beside this, by
    /// [`Account::may_edit`] and [`Account::may_sign_for`].
    pub fn allows(self, account: Option<&Account>) -> bool {
        match (self, account) {
            (Access::Anyone, _) => true,
            (_, None) => false,
            (Access::Account, Some(account)) => account.state == AccountState::Active,
            (_, Some(account)) if account.owes_second_factor() => false,
            (Access::SignedIn, Some(account)) => account.state == AccountState::Active,
            (Access::Officer, Some(account)) => account.is_officer(),
            (Access::Admin, Some(account)) => account.is_admin(),
        }
    }
}

/// The person behind an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name the person wants to be called by.
    pub name: String,
    /// Where letters go.
    pub email: String,
    /// The language of pages and letters.
    pub language: String,
}

/// Longest name of a person, in characters.
pub const MAX_NAME: usize = 100;

/// Longest address that mail can have (RFC 5321).
pub const MAX_EMAIL: usize = 254;

/// The address as it is looked up, if it looks like one. Whether anybody
/// reads it only a letter can tell.
pub fn email_key(email: &str) -> Option<String> {
    let email = email.trim();
    let (local, domain) = email.rsplit_once('@')?;
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>,;:\"()[]\\@".contains(c);
    let fits = !local.is_empty()
        && email.len() <= MAX_EMAIL
        && email.chars().filter(|c| *c == '@').count() == 1
        && local.chars().all(plain)
        && domain.chars().all(plain)
        && domain.split('.').count() >= 2
        && domain.split('.').all(|label| !label.is_empty());
    fits.then(|| email.to_lowercase())
}

/// How long a session lasts at most, in minutes: half a day.
pub const SESSION_MINUTES: i64 = 12 * 60;
/// How long a session of an officer or admin lasts without a request.
pub const STAFF_IDLE_MINUTES: i64 = 30;

/// A session, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub account: AccountId,
    /// Whether the second factor was given, or none is needed.
    pub proven: bool,
    /// What the browser calls itself.
    pub device: String,
    /// When it began.
    pub created_at: Moment,
    /// When it was last used, to the minute.
    pub seen_at: Moment,
}

impl Session {
    /// Whether it still counts at a moment, for an account with this office.
    pub fn is_alive(&self, office: Office, now: Moment) -> bool {
        let age = (now - self.created_at).num_minutes();
        let idle = (now - self.seen_at).num_minutes();
        age < SESSION_MINUTES && (office == Office::None || idle < STAFF_IDLE_MINUTES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(state: AccountState, office: Office, member: MemberState) -> Account {
        let membership = Membership {
            municipality: MunicipalityId(1),
            role: MemberRole::Signatory,
            state: member,
        };
        Account {
            id: AccountId(1),
            state,
            office,
            organisation: None,
            countries: Vec::new(),
            second_factor: true,
            memberships: vec![membership],
        }
    }

    #[test]
    fn only_an_active_account_with_an_active_membership_has_rights() {
        for state in AccountState::ALL {
            for member in MemberState::ALL {
                let somebody = account(*state, Office::Admin, *member);
                let active = *state == AccountState::Active;
                let both = active && *member == MemberState::Active;
                assert_eq!(somebody.may_edit(MunicipalityId(1)), both, "{state:?} {member:?}");
                assert_eq!(somebody.may_sign_for(MunicipalityId(1)), both);
                assert!(!somebody.may_edit(MunicipalityId(2)), "another municipality");
                assert_eq!(Access::Admin.allows(Some(&somebody)), active);
                assert_eq!(Access::SignedIn.allows(Some(&somebody)), active);
            }
        }
        let member = account(AccountState::Active, Office::None, MemberState::Active);
        assert!(!Access::Officer.allows(Some(&member)) && !Access::Admin.allows(Some(&member)));
        let officer = account(AccountState::Active, Office::Officer, MemberState::Ended);
        assert!(Access::Officer.allows(Some(&officer)) && !Access::Admin.allows(Some(&officer)));
        assert!(!Access::SignedIn.allows(None) && Access::Anyone.allows(None));
        let bare = Account { second_factor: false, ..officer };
        assert!(Access::Account.allows(Some(&bare)) && !Access::SignedIn.allows(Some(&bare)));
        assert!(!Access::Officer.allows(Some(&bare)), "an officer without a second factor");
    }

    #[test]
    fn an_address_is_looked_up_in_small_letters_and_nonsense_is_none() {
        assert_eq!(email_key(" Olena@Rada.GOV.ua "), Some("olena@rada.gov.ua".to_owned()));
        for bad in
            ["", "a", "a@", "@b.c", "a@b", "a@b..c", "a b@c.d", "a@b.c\r\nBcc: x@y.z", "a@b@c.d"]
        {
            assert_eq!(email_key(bad), None, "{bad:?}");
        }
        assert_eq!(email_key(&format!("{}@b.c", "a".repeat(300))), None);
    }
}
