//! One key for all spellings of a name that differ by script, case,
//! diacritics, apostrophes and punctuation.

/// Ukrainian text in Latin letters as the resolution of the Cabinet of
/// Ministers No. 55 of 27 January 2010 says. Text in other scripts stays.
pub fn romanise(ukrainian: &str) -> String {
    uklatn::encode(ukrainian, uklatn::Table::Kmu55)
}

/// Whether the text has letters that only Russian, Belarusian, Bulgarian or
/// Serbian use, which the Ukrainian rules do not cover.
fn is_other_cyrillic(c: char) -> bool {
    matches!(c, 'ы' | 'э' | 'ё' | 'ъ' | 'ў' | 'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' | 'џ' | 'ѓ' | 'ќ' | 'ѕ')
}

/// The key of a name: lower-case Latin letters and digits, words separated by
/// one space.
///
/// Cyrillic goes through the Ukrainian rules where they apply, so that a name
/// meets its own romanisation; everything else through a table of plain
/// letters (ł → l, ß → ss, ё → e).
pub fn fold(name: &str) -> String {
    let lower = name.to_lowercase();
    let without_marks: String = lower.chars().filter(|c| !is_silent(*c)).collect();
    let latin = if without_marks.chars().any(|c| ('\u{400}'..='\u{4FF}').contains(&c))
        && !without_marks.chars().any(is_other_cyrillic)
    {
        romanise(&without_marks)
    } else {
        without_marks
    };
    let plain = deunicode::deunicode(&latin);
    let mut key = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
        } else if !is_silent(c) && !key.ends_with(' ') && !key.is_empty() {
            key.push(' ');
        }
    }
    if key.ends_with(' ') {
        key.pop();
    }
    key
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
        assert_eq!(fold("Харьков"), "kharkov");
        assert_eq!(fold("\0\u{7}"), "");
    }
}
