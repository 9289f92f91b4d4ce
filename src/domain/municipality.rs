//! A municipality as everybody may see it.

use super::country::Country;
use super::fact::Population;
use super::geo::Point;
use super::time::PartialDate;
use super::words::stored_as_words;

/// The id of a municipality in the database. Addresses and files use slugs
/// and official codes instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityId(pub i64);

/// What an entry of the directory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A municipality: the ordinary case, and the only one suggested.
    Municipality,
    /// A county, raion or Landkreis.
    District,
    /// A region, oblast or Land.
    Region,
    /// An association of municipalities.
    Association,
}

/// The administrative role of a municipality: of a hromada by its type and
/// centre, of a place elsewhere by what it is the seat of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The city of Kyiv.
    Kyiv,
    /// A hromada whose centre is the centre of an oblast.
    OblastCentre,
    /// A hromada whose centre is another city.
    Urban,
    /// A hromada whose centre is a settlement (*селище*).
    Settlement,
    /// A hromada whose centre is a village (*село*).
    Rural,
    /// The capital of a country.
    Capital,
    /// The seat of a first-order region (a Land, a voivodeship).
    RegionSeat,
    /// The seat of a second-order unit (a county, a province).
    CountySeat,
    /// The seat of a third-order unit.
    DistrictSeat,
    /// Any other place.
    Place,
}

/// How far an entry has come on the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Taken from the directory; nobody from there has signed in.
    Listed,
    /// Has members of its own.
    Claimed,
    /// An officer has confirmed its members.
    Verified,
    /// Wants to see nobody for now; not suggested.
    Paused,
}

/// Who controls the territory of a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Control {
    /// The government of its country.
    Government,
    /// The government of its country, with fighting on the territory or close
    /// to it: an ordinary partner, with whom a visit has to be thought over.
    Front,
    /// The government of its country in one part only.
    Partly,
    /// Not the government of its country: under occupation. Readable, never
    /// suggested, written no letter, and outside every fairness figure.
    Occupied,
}

stored_as_words!(Kind {
    Municipality = "municipality",
    District = "district",
    Region = "region",
    Association = "association",
});
stored_as_words!(Role {
    Kyiv = "kyiv",
    OblastCentre = "oblast-centre",
    Urban = "urban",
    Settlement = "settlement",
    Rural = "rural",
    Capital = "capital",
    RegionSeat = "region-seat",
    CountySeat = "county-seat",
    DistrictSeat = "district-seat",
    Place = "place",
});
stored_as_words!(Status {
    Listed = "listed",
    Claimed = "claimed",
    Verified = "verified",
    Paused = "paused",
});
stored_as_words!(Control {
    Government = "government",
    Front = "front",
    Partly = "partly",
    Occupied = "occupied",
});

/// How precisely the centre of a municipality is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// The centre itself was found.
    Centre,
    /// The middle of those of its settlements that were found.
    Settlements,
    /// The middle of its district; only the district was found.
    District,
}
stored_as_words!(Position { Centre = "centre", Settlements = "settlements", District = "raion" });

/// Where a Ukrainian name is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameSource {
    /// It is the established one.
    #[default]
    Known,
    /// A spelling that GeoNames has, the nearest to the transcription.
    Geonames,
    /// Transcribed from the own language by the orthography of 2019.
    Transcribed,
}
stored_as_words!(NameSource {
    Known = "known",
    Geonames = "geonames",
    Transcribed = "transcribed",
});

/// One entry of the directory, as it is shown and ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct Municipality {
    /// Key in the database.
    pub id: MunicipalityId,
    /// Stable name in addresses.
    pub slug: String,
    /// What the entry is.
    pub kind: Kind,
    /// Its country.
    pub country: Country,
    /// Code of its first-order region: the KATOTTG code of the oblast in
    /// Ukraine, the GeoNames code elsewhere. Empty where there is none.
    pub region: String,
    /// The level between region and municipality. In Ukraine the name of the
    /// raion, in Ukrainian (`Чернігівський`); elsewhere what is written there,
    /// with its kind (`powiat świdnicki`). Empty where none is known.
    pub district: String,
    /// Code in the Ukrainian codifier.
    pub katottg: Option<String>,
    /// GeoNames id of the centre or seat.
    pub geonames_id: Option<i64>,
    /// The name in its own language: for a hromada the adjective without the
    /// word *громада* (`Новобілоуська`), elsewhere the native name in Latin
    /// letters.
    pub name: String,
    /// The English name, where it differs from `name`.
    pub name_en: String,
    /// The Ukrainian name, where there is one.
    pub name_uk: String,
    /// Where that is from.
    pub name_uk_source: NameSource,
    /// The name in its country's own script, where that is not Latin.
    pub name_native: String,
    /// Name of the centre in Ukrainian; elsewhere that of the seat, where the
    /// municipality is not called after it.
    pub centre: String,
    /// Administrative role.
    pub role: Role,
    /// The centre.
    pub point: Point,
    /// How the centre was found.
    pub position: Position,
    /// Number of settlements, where known.
    pub settlements: Option<i32>,
    /// Population, where known.
    pub population: Option<Population>,
    /// How far it has come on the platform.
    pub status: Status,
    /// Who controls it.
    pub control: Control,
    /// Since when `control` has been so, as far as it is known.
    pub control_since: Option<PartialDate>,
    /// Where `control` was read.
    pub control_source: String,
    /// Until when it was under occupation in the past. None is not known, and
    /// not “never”.
    pub occupied_until: Option<PastOccupation>,
    /// Whether the entry's needs, offers and languages are invented, as in
    /// the demonstration.
    pub invented: bool,
}

/// An occupation that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastOccupation {
    /// When it ended, as precisely as that is known.
    pub until: PartialDate,
    /// Where that was read.
    pub source: String,
}

impl Municipality {
    /// Whether this is a Ukrainian hromada (or the city of Kyiv).
    pub fn is_hromada(&self) -> bool {
        self.country.is_ukraine() && self.kind == Kind::Municipality
    }

    /// Whether it is a hromada that lies at the front or is partly occupied.
    pub fn is_in_danger(&self) -> bool {
        self.is_hromada() && matches!(self.control, Control::Front | Control::Partly)
    }

    /// Whether it may be suggested to anybody at all. Capacity and wishes are
    /// gates of a pair and stand in `matching`.
    pub fn may_be_suggested(&self) -> bool {
        self.kind == Kind::Municipality && !self.is_occupied() && self.status != Status::Paused
    }

    /// Whether its territory is under occupation.
    pub fn is_occupied(&self) -> bool {
        self.control == Control::Occupied
    }

    /// Number of people, or 0 where nobody knows.
    pub fn people(&self) -> i64 {
        self.population.as_ref().map_or(0, |p| p.value)
    }

    /// The band of its population; none where the population is unknown.
    pub fn size_band(&self) -> Option<SizeBand> {
        self.population.as_ref().map(|p| SizeBand::of(p.value))
    }
}

/// The six bands of population by which fairness is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SizeBand {
    /// Under 5,000 people.
    Below5k,
    /// 5,000 to 9,999.
    From5k,
    /// 10,000 to 19,999.
    From10k,
    /// 20,000 to 49,999.
    From20k,
    /// 50,000 to 99,999.
    From50k,
    /// 100,000 and more.
    From100k,
}

stored_as_words!(SizeBand {
    Below5k = "lt5k",
    From5k = "5k_10k",
    From10k = "10k_20k",
    From20k = "20k_50k",
    From50k = "50k_100k",
    From100k = "ge100k",
});

impl SizeBand {
    /// The band of a population.
    pub fn of(people: i64) -> SizeBand {
        match people {
            ..5_000 => SizeBand::Below5k,
            5_000..10_000 => SizeBand::From5k,
            10_000..20_000 => SizeBand::From10k,
            20_000..50_000 => SizeBand::From20k,
            50_000..100_000 => SizeBand::From50k,
            100_000.. => SizeBand::From100k,
        }
    }

    /// Position from small to large, 0 to 5.
    pub fn index(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_meet_without_gap_or_overlap() {
        let check = |people, band: &str| assert_eq!(SizeBand::of(people).as_str(), band);
        check(0, "lt5k");
        check(4_999, "lt5k");
        check(5_000, "5k_10k");
        check(9_999, "5k_10k");
        check(19_999, "10k_20k");
        check(100_000, "ge100k");
    }

    #[test]
    fn stored_words_parse_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(*role));
        }
        assert_eq!(Status::parse("nonsense"), None);
    }
}
