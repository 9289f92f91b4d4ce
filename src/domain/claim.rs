//! A claim: somebody says that they speak for a municipality, and an officer
//! looks at the evidence.

use super::account::AccountId;
use super::municipality::MunicipalityId;
use super::time::Moment;
use crate::domain::words::stored_as_words;

/// The id of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub i64);

/// How far a claim has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClaimState {
    /// Written by somebody whose address is not proven yet; nobody sees it.
    Unconfirmed,
    /// Waits for an officer.
    Submitted,
    /// Waits for an answer of the claimant.
    Returned,
    /// The claimant speaks for the municipality.
    Accepted,
    /// The claimant does not.
    Refused,
    /// Taken back by the claimant.
    Withdrawn,
}
stored_as_words!(ClaimState {
    Unconfirmed = "unconfirmed",
    Submitted = "submitted",
    Returned = "returned",
    Accepted = "accepted",
    Refused = "refused",
    Withdrawn = "withdrawn",
});

/// What can be done with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClaimAction {
    /// The claimant has proven the address.
    Confirm,
    /// An officer asks back.
    Return,
    /// The claimant has answered.
    Resubmit,
    /// An officer accepts.
    Accept,
    /// An officer refuses, with a reason.
    Refuse,
    /// The claimant takes it back.
    Withdraw,
}
stored_as_words!(ClaimAction {
    Confirm = "confirm",
    Return = "return",
    Resubmit = "resubmit",
    Accept = "accept",
    Refuse = "refuse",
    Withdraw = "withdraw",
});

/// Who acts on a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClaimActor {
    /// Whoever made it.
    Claimant,
    /// An officer other than that.
    Officer,
}

/// The table of what leads where: state, action, who, and the state after.
/// Whatever is not in it is refused, and pages offer nothing else.
const TRANSITIONS: [(ClaimState, ClaimAction, ClaimActor, ClaimState); 9] = {
    use ClaimAction as A;
    use ClaimActor::{Claimant, Officer};
    use ClaimState as S;
    [
        (S::Unconfirmed, A::Confirm, Claimant, S::Submitted),
        (S::Submitted, A::Return, Officer, S::Returned),
        (S::Returned, A::Resubmit, Claimant, S::Submitted),
        (S::Submitted, A::Accept, Officer, S::Accepted),
        (S::Submitted, A::Refuse, Officer, S::Refused),
        (S::Returned, A::Refuse, Officer, S::Refused),
        (S::Unconfirmed, A::Withdraw, Claimant, S::Withdrawn),
        (S::Submitted, A::Withdraw, Claimant, S::Withdrawn),
        (S::Returned, A::Withdraw, Claimant, S::Withdrawn),
    ]
};

impl ClaimState {
    /// The state after an action, if it may be taken.
    pub fn after(self, action: ClaimAction, actor: ClaimActor) -> Option<ClaimState> {
        TRANSITIONS
            .iter()
            .find(|(from, a, who, _)| (*from, *a, *who) == (self, action, actor))
            .map(|(.., to)| *to)
    }

    /// What somebody may do now, in the order of [`ClaimAction::ALL`].
    pub fn open_to(self, actor: ClaimActor) -> impl Iterator<Item = ClaimAction> {
        ClaimAction::ALL.iter().copied().filter(move |a| self.after(*a, actor).is_some())
    }
}

/// Longest text of a field of a claim, in characters.
pub const MAX_LINE: usize = 200;
/// Longest message of a claim, and longest answer, in characters.
pub const MAX_MESSAGE: usize = 2_000;

/// Most files shown with a claim.
pub const MAX_FILES: i64 = 3;
/// Most listed places a claimant can say belong to the municipality.
pub const MAX_PLACES: usize = 12;
/// Days a code for the official address works.
pub const CODE_DAYS: i64 = 7;

/// What a claimant says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimText {
    /// What the claimant does in the municipality.
    pub position: String,
    /// The published address of the municipality.
    pub official_address: String,
    /// Where a letter or a decision of the council can be read.
    pub evidence: String,
    /// Anything more.
    pub message: String,
}

/// A claim as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// For which municipality.
    pub municipality: MunicipalityId,
    /// By whom.
    pub account: AccountId,
    /// How far it has come.
    pub state: ClaimState,
    /// What the claimant says.
    pub text: ClaimText,
    /// What the officer wrote last.
    pub answer: String,
    /// When it was made.
    pub created_at: Moment,
    /// How often it changed; an action names the version it saw.
    pub version: i64,
}

/// Providers of mailboxes for everybody: an address there says nothing of
/// where somebody works.
const PUBLIC_PROVIDERS: [&str; 16] = [
    "gmail.com",
    "googlemail.com",
    "ukr.net",
    "i.ua",
    "meta.ua",
    "bigmir.net",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "yahoo.com",
    "icloud.com",
    "proton.me",
    "protonmail.com",
    "gmx.de",
    "web.de",
    "wp.pl",
];

/// What the domain of a claimant's address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainEvidence {
    /// A provider for everybody: nothing.
    Public,
    /// The domain of the official address.
    Same,
    /// Another domain than that of the official address.
    Other,
    /// There is no official address to compare with.
    Unknown,
}

impl DomainEvidence {
    /// Compares the address somebody writes from with the official one.
    pub fn of(own: &str, official: &str) -> DomainEvidence {
        let domain = |address: &str| {
            address.trim().rsplit_once('@').map(|(_, domain)| domain.to_lowercase())
        };
        let Some(own) = domain(own) else { return DomainEvidence::Unknown };
        if PUBLIC_PROVIDERS.contains(&own.as_str()) {
            return DomainEvidence::Public;
        }
        match domain(official) {
            None => DomainEvidence::Unknown,
            Some(official) if official == own => DomainEvidence::Same,
            Some(_) => DomainEvidence::Other,
        }
    }

    /// The end of the key of its sentence.
    pub fn as_str(self) -> &'static str {
        match self {
            DomainEvidence::Public => "public",
            DomainEvidence::Same => "same",
            DomainEvidence::Other => "other",
            DomainEvidence::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_goes_only_where_the_table_leads_and_ends_are_ends() {
        use ClaimActor::{Claimant, Officer};
        for state in [ClaimState::Accepted, ClaimState::Refused, ClaimState::Withdrawn] {
            assert_eq!(state.open_to(Claimant).chain(state.open_to(Officer)).count(), 0);
        }
        let submitted = ClaimState::Submitted;
        assert_eq!(submitted.after(ClaimAction::Accept, Claimant), None, "accepted by oneself");
        let offered: Vec<ClaimAction> = submitted.open_to(Officer).collect();
        assert_eq!(offered, [ClaimAction::Return, ClaimAction::Accept, ClaimAction::Refuse]);
        assert_eq!(ClaimState::Unconfirmed.open_to(Officer).count(), 0);
    }

    #[test]
    fn a_public_mailbox_proves_nothing() {
        let check = |own, official, evidence| {
            assert_eq!(DomainEvidence::of(own, official), evidence, "{own} and {official}");
        };
        check("a@bilous-rada.gov.ua", "rada@Bilous-Rada.gov.ua", DomainEvidence::Same);
        check("a@bilous-rada.gov.ua", "rada@other.gov.ua", DomainEvidence::Other);
        check("a@ukr.net", "rada@ukr.net", DomainEvidence::Public);
        check("a@bilous-rada.gov.ua", "", DomainEvidence::Unknown);
    }
}
