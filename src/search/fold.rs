//! One key for all spellings of a name that differ by script, case,
//! diacritics, apostrophes and punctuation.

use unicode_normalization::UnicodeNormalization;

/// Ukrainian text in Latin letters as the resolution of the Cabinet of
/// Ministers No. 55 of 27 January 2010 says. Text in other scripts stays.
pub fn romanise(ukrainian: &str) -> String {
    uklatn::encode(ukrainian, uklatn::Table::Kmu55)
}

/// Whether this is a letter that only Russian, Belarusian, Bulgarian, Serbian
/// or Macedonian use, which the Ukrainian rules do not cover.
fn is_other_cyrillic(c: char) -> bool {
    matches!(c, 'ы' | 'э' | 'ё' | 'ъ' | 'ў' | 'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' | 'џ' | 'ѓ' | 'ќ' | 'ѕ')
}

/// A small Ukrainian letter in Latin letters, as [`romanise`] writes it: five
/// letters differ at the beginning of a word, and г after з. A table, because
/// a quarter of a million names are folded before the first answer.
fn latin(c: char, begins_word: bool, before: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' if before == 'з' => "gh",
        'г' => "h",
        'ґ' => "g",
        'д' => "d",
        'е' => "e",
        'є' => ["ie", "ye"][usize::from(begins_word)],
        'ж' => "zh",
        'з' => "z",
        'и' => "y",
        'і' => "i",
        'ї' => ["i", "yi"][usize::from(begins_word)],
        'й' => ["i", "y"][usize::from(begins_word)],
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ь' => "",
        'ю' => ["iu", "yu"][usize::from(begins_word)],
        'я' => ["ia", "ya"][usize::from(begins_word)],
        _ => return None,
    })
}

/// The key of a name: lower-case Latin letters and digits, words separated by
/// one space.
///
/// Cyrillic goes through the Ukrainian rules where they apply, so that a name
/// meets its own romanisation; everything else through a table of plain
/// letters (ł → l, ß → ss, ё → e).
pub fn fold(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    fold_into(name, &mut key);
    key
}

/// Appends the key of a name to `key`.
pub(super) fn fold_into(name: &str, key: &mut String) {
    if name.is_ascii() {
        fold_letters(|| name.chars(), key);
    } else {
        // Composed, so that й typed as two characters is one letter.
        fold_letters(|| name.nfc().flat_map(char::to_lowercase), key);
    }
}

/// A text in small letters, each one character.
pub(super) fn small(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}

/// Appends the key of a name whose letters are small and composed already, or
/// plain ASCII; `letters` begins anew each time.
pub(super) fn fold_letters<I: Iterator<Item = char>>(letters: impl Fn() -> I, key: &mut String) {
    let start = key.len();
    let ukrainian = !letters().any(is_other_cyrillic);
    let mut before = ' ';
    for c in letters().filter(|c| !is_silent(*c)) {
        let mut one = [0; 4];
        let plain = if c.is_ascii() {
            &*c.encode_utf8(&mut one)
        } else {
            let letter = if ukrainian { latin(c, !before.is_alphanumeric(), before) } else { None };
            letter.or_else(|| deunicode::deunicode_char(c)).unwrap_or(" ")
        };
        for c in plain.chars() {
            if c.is_ascii_alphanumeric() {
                key.push(c.to_ascii_lowercase());
            } else if !is_silent(c) && key.len() > start && !key.ends_with(' ') {
                key.push(' ');
            }
        }
        before = c;
    }
    if key.len() > start && key.ends_with(' ') {
        key.pop();
    }
}

/// Marks inside a word that spellings differ by: apostrophes of every kind,
/// and the signs some romanisations put for ь.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | 'ʻ' | '`' | '´' | '"' | '“' | '”' | '«' | '»')
}

/// The key with hyphens: the form of a name in an address.
pub fn slugify(name: &str) -> String {
    fold(name).replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the table of the resolution No. 55 of 2010.
    #[test]
    fn the_official_romanisation_is_followed() {
        let check = |ukrainian: &str, latin: &str| assert_eq!(romanise(ukrainian), latin);
        for (ukrainian, latin) in [
            ("Алушта", "Alushta"),
            ("Андрій", "Andrii"),
            ("Борщагівка", "Borshchahivka"),
            ("Борисенко", "Borysenko"),
            ("Вінниця", "Vinnytsia"),
            ("Володимир", "Volodymyr"),
            ("Гадяч", "Hadiach"),
            ("Богдан", "Bohdan"),
            ("Згурський", "Zghurskyi"),
            ("Ґалаґан", "Galagan"),
            ("Ґорґани", "Gorgany"),
            ("Донецьк", "Donetsk"),
            ("Дмитро", "Dmytro"),
            ("Рівне", "Rivne"),
            ("Олег", "Oleh"),
            ("Есмань", "Esman"),
            ("Єнакієве", "Yenakiieve"),
            ("Гаєвич", "Haievych"),
            ("Короп’є", "Koropie"),
            ("Житомир", "Zhytomyr"),
            ("Жанна", "Zhanna"),
            ("Жежелів", "Zhezheliv"),
            ("Закарпаття", "Zakarpattia"),
            ("Казимирчук", "Kazymyrchuk"),
            ("Медвин", "Medvyn"),
            ("Михайленко", "Mykhailenko"),
            ("Іванків", "Ivankiv"),
            ("Іващенко", "Ivashchenko"),
            ("Їжакевич", "Yizhakevych"),
            ("Кадиївка", "Kadyivka"),
            ("Мар’їне", "Marine"),
            ("Йосипівка", "Yosypivka"),
            ("Стрий", "Stryi"),
            ("Олексій", "Oleksii"),
            ("Київ", "Kyiv"),
            ("Коваленко", "Kovalenko"),
            ("Лебедин", "Lebedyn"),
            ("Леонід", "Leonid"),
            ("Миколаїв", "Mykolaiv"),
            ("Маринич", "Marynych"),
            ("Ніжин", "Nizhyn"),
            ("Наталія", "Nataliia"),
            ("Одеса", "Odesa"),
            ("Онищенко", "Onyshchenko"),
            ("Полтава", "Poltava"),
            ("Петро", "Petro"),
            ("Решетилівка", "Reshetylivka"),
            ("Рибчинський", "Rybchynskyi"),
            ("Суми", "Sumy"),
            ("Соломія", "Solomiia"),
            ("Тернопіль", "Ternopil"),
            ("Троць", "Trots"),
            ("Ужгород", "Uzhhorod"),
            ("Уляна", "Uliana"),
            ("Фастів", "Fastiv"),
            ("Філіпчук", "Filipchuk"),
            ("Харків", "Kharkiv"),
            ("Христина", "Khrystyna"),
            ("Біла Церква", "Bila Tserkva"),
            ("Стеценко", "Stetsenko"),
            ("Чернівці", "Chernivtsi"),
            ("Шевченко", "Shevchenko"),
            ("Шостка", "Shostka"),
            ("Кишеньки", "Kyshenky"),
            ("Щербухи", "Shcherbukhy"),
            ("Гоща", "Hoshcha"),
            ("Гаращенко", "Harashchenko"),
            ("Юрій", "Yurii"),
            ("Корюківка", "Koriukivka"),
            ("Яготин", "Yahotyn"),
            ("Ярошенко", "Yaroshenko"),
            ("Костянтин", "Kostiantyn"),
            ("Знам’янка", "Znamianka"),
            ("Феодосія", "Feodosiia"),
            ("Розгон", "Rozghon"),
        ] {
            check(ukrainian, latin);
        }
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        let same = |a: &str, b: &str| assert_eq!(fold(a), fold(b), "{a} and {b}");
        same("Świdnik", "swidnik");
        same("Кам’янець-Подільський", "Kamianets-Podilskyi");
        same("Кам'янець-Подільський", "КАМʼЯНЕЦЬ ПОДІЛЬСЬКИЙ");
        same("Łódź", "Lodz");
        same("  Bad   Liebenwerda ", "bad liebenwerda");
        // й as one character and as two.
        same("Новий Білоус", "Нови\u{438}\u{306} Білоус");
        assert_eq!(fold("Харьков"), "kharkov");
        assert_eq!(fold("\0\u{7}"), "");
    }
}
