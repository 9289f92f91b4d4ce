//! The pair that the demonstration leads to: Novyi Bilous and Świdnik, whose
//! needs and offers meet in both directions.

use chrono::{Days, NaiveDate};

use super::sentences::said;
use crate::domain::area::SubArea;
use crate::domain::audience::Audience;
use crate::domain::audience::Direction::{self, Exchange, Need, Offer};
use crate::domain::contact::Contact;
use crate::domain::country::Country;
use crate::domain::profile::{Entry, Fluency, Format, Language, Level, Openness, Profile};

/// The slug of the hromada, Novyi Bilous.
pub const HROMADA: &str = "novyi-bilous";
/// The slug of the place, Świdnik.
pub const PLACE: &str = "swidnik";

/// The ends of invented ties around the two, and since when: a partner of the
/// hromada is a twin of the place, so somebody can bring them together.
pub const TIES: [(&str, &str, i32); 3] =
    [(HROMADA, "anyksciai", 2011), (PLACE, "anyksciai", 2004), ("talsi", "anyksciai", 2001)];

/// For how many days after it was invented an entry counts.
const DAYS: u64 = 330;

/// An entry before it has a rank: direction, sub-area, level, who may read it,
/// and the sentences by language.
type Said = (Direction, &'static str, u8, Audience, &'static [(&'static str, &'static str)]);

const OF_HROMADA: [Said; 5] = [
    (
        Need,
        "energy/efficiency",
        2,
        // Said in public by its own choice: it tells nobody where to strike.
        Audience::Public,
        &[
            (
                "en",
                "We want to insulate our three schools one by one without stopping lessons, and look for a town that has done it.",
            ),
            (
                "uk",
                "Хочемо по черзі утеплити три школи, не припиняючи уроків, і шукаємо місто, яке вже це робило.",
            ),
        ],
    ),
    (
        Need,
        "energy/backup",
        1,
        Audience::Verified,
        &[
            (
                "en",
                "We are choosing batteries for two wells and the clinic and would like an engineer to go through our list.",
            ),
            (
                "uk",
                "Добираємо батареї для двох свердловин і амбулаторії та хотіли б, щоб наш перелік переглянули інженери.",
            ),
        ],
    ),
    (
        Offer,
        "safety/continuity",
        4,
        Audience::Public,
        &[
            (
                "en",
                "Our clinic, water and service centre have stayed open through twelve-hour blackouts, and we show the plan and what did not work.",
            ),
            (
                "uk",
                "Наші амбулаторія, водогін і ЦНАП працювали без світла по дванадцять годин; покажемо план і те, що не спрацювало.",
            ),
        ],
    ),
    (
        Exchange,
        "education/youth-exchange",
        2,
        Audience::Public,
        &[
            (
                "en",
                "We would like two classes of fourteen-year-olds to meet online every month and for a week at our partner’s once a year.",
            ),
            (
                "uk",
                "Хочемо, щоб два восьмі класи щомісяця зустрічалися онлайн, а раз на рік — на тиждень у наших партнерів.",
            ),
        ],
    ),
    (
        Offer,
        "social/idp",
        3,
        Audience::Public,
        &[
            (
                "en",
                "One in nine of our residents came as a displaced person, and we can explain how we make empty village houses their homes.",
            ),
            (
                "uk",
                "Кожна дев’ята людина в громаді — з числа ВПО; розповімо, як порожні сільські будинки стають їхніми домівками.",
            ),
        ],
    ),
];

const OF_PLACE: [Said; 5] = [
    (
        Need,
        "safety/continuity",
        1,
        Audience::Public,
        &[
            (
                "pl",
                "Nasz plan na wypadek braku prądu kończy się po dobie: chcemy wiedzieć, jak utrzymać wodę, opiekę i urząd przez trzy.",
            ),
            (
                "en",
                "Our plan for a power cut ends after one day, and we want to learn how to keep water, care and the town office going for three.",
            ),
            (
                "uk",
                "Наш план на випадок знеструмлення розраховано на добу; хочемо навчитися три доби підтримувати воду, догляд і роботу управи.",
            ),
        ],
    ),
    (
        Offer,
        "energy/efficiency",
        4,
        Audience::Public,
        &[
            (
                "pl",
                "Od 2016 roku ociepliliśmy dziewięć szkół i przedszkoli: pokażemy rachunki sprzed prac i po nich oraz budowę w toku.",
            ),
            (
                "en",
                "We have insulated nine schools and nurseries since 2016 and can show the bills before and after, and a site at work.",
            ),
            (
                "uk",
                "Від 2016 року ми утеплили дев’ять шкіл і садків; покажемо рахунки до й після та будівлю, де роботи тривають.",
            ),
        ],
    ),
    (
        Exchange,
        "education/youth-exchange",
        3,
        Audience::Public,
        &[
            (
                "pl",
                "Nasze liceum szuka klasy partnerskiej do wspólnego projektu o robotach i tygodnia razem latem.",
            ),
            (
                "en",
                "Our secondary school is looking for a partner class for a project about robots and a week together in summer.",
            ),
            ("uk", "Наш ліцей шукає клас для спільного проєкту про роботів і тижня разом улітку."),
        ],
    ),
    (
        Offer,
        "environment/waste",
        3,
        Audience::Public,
        &[
            (
                "pl",
                "Mieszkańcy segregują odpady do pięciu pojemników: nasza spółka komunalna opowie, jak minął pierwszy rok.",
            ),
            (
                "en",
                "Households here sort into five bins, and our waste company can tell how the first year went.",
            ),
            (
                "uk",
                "Мешканці сортують відходи у п’ять контейнерів; наше комунальне підприємство розповість, яким був перший рік.",
            ),
        ],
    ),
    (
        Need,
        "cohesion/diaspora",
        2,
        Audience::Public,
        &[
            (
                "pl",
                "Mieszka u nas około sześciuset osób z Ukrainy: chcemy, by utrzymywały więź ze swoimi hromadami.",
            ),
            (
                "en",
                "Some six hundred people from Ukraine live here, and we want them to keep their ties with the hromadas they come from.",
            ),
            (
                "uk",
                "У нас живуть близько шестисот людей з України; хочемо, щоб вони не втрачали зв’язку зі своїми громадами.",
            ),
        ],
    ),
];

fn entries(all: &[Said], today: NaiveDate) -> Vec<Entry> {
    let entry = |(rank, (direction, subarea, level, audience, texts)): (u8, &Said)| {
        Some(Entry {
            direction: *direction,
            subarea: SubArea::parse(subarea)?,
            rank,
            level: Level::new(*level)?,
            audience: *audience,
            expires_on: today + Days::new(DAYS),
            statements: said(texts),
        })
    };
    (1..).zip(all).filter_map(entry).collect()
}

fn languages(all: &[(&str, Fluency)]) -> Vec<(Language, Fluency)> {
    all.iter().filter_map(|(code, level)| Some((Language::parse(code)?, *level))).collect()
}

/// The profile of the one with this slug; none for everybody else.
pub fn profile(slug: &str, today: NaiveDate) -> Option<Profile> {
    let open = Profile { openness: Some(Openness::Open), ..Profile::default() };
    match slug {
        HROMADA => Some(Profile {
            entries: entries(&OF_HROMADA, today),
            languages: languages(&[("uk", Fluency::C), ("en", Fluency::B1)]),
            formats: vec![Format::StudyVisit, Format::YouthExchange],
            capacity: Some(2),
            ..open
        }),
        PLACE => Some(Profile {
            entries: entries(&OF_PLACE, today),
            languages: languages(&[("en", Fluency::B2), ("pl", Fluency::C)]),
            formats: vec![Format::StudyVisit, Format::ExpertMission],
            capacity: Some(1),
            preferred_countries: vec![Country::UKRAINE],
            ..open
        }),
        _ => None,
    }
}

/// Whom to turn to in one of the two: an office, which nobody can write to.
pub fn contact(slug: &str) -> Option<Contact> {
    let (name, position, email) = match slug {
        HROMADA => (
            "Відділ міжнародної співпраці",
            "Новобілоуська сільська рада",
            "int@novyi-bilous.example",
        ),
        PLACE => {
            ("Biuro współpracy z zagranicą", "Urząd Miasta Świdnik", "zagranica@swidnik.example")
        }
        _ => return None,
    };
    Some(Contact {
        name: name.to_owned(),
        position: position.to_owned(),
        email: email.to_owned(),
        phone: String::new(),
        audience: Audience::Verified,
    })
}
