# A letter, put together from choices so that it reads whole.
#
# Order: letter-to-…, letter-title, letter-salutation-…; one paragraph of
# letter-intro-… and letter-why-…; the reasons, each a paragraph; one
# step and letter-languages; letter-passport; letter-reply; closing.
#
# Reasons and topics of one's own (letter-reason-…, letter-ask-…) are the rest of
# a sentence that letter-first … letter-also open; one that stands alone has no
# opener and gets a capital letter. A need or an offer is a quote where somebody
# has said something (“needed” or “offered” is then “said”), else the name of a
# sub-area. “We” is the sender and “you”
# the recipient, whichever of the two is the hromada.
#
# Arguments stand in the nominative. “people” should be rounded (two or three
# figures that count), because the sentences say “about”.

letter-aria = Лист українською
letter-label-to = Кому
letter-label-subject = Тема
letter-label-text = Текст
letter-date = { $date }
letter-to-place =
    { $head ->
        [city-president] Президентові { GENITIVE($name, head: "місто") }
        [burmistrz] Бурмістрові { GENITIVE($name, head: "місто") }
        [lord-mayor] Обербургомістрові { GENITIVE($name, head: "місто") }
        [burgomaster] Бургомістрові { GENITIVE($name) }
        [primator] Приматорові { GENITIVE($name, head: "місто") }
        [starosta] Старості { GENITIVE($name) }
        [primar] Примарові { GENITIVE($name) }
        [kmet] Кметові { GENITIVE($name) }
        [council-leader] Голові ради { GENITIVE($name) }
        [head] Голові { GENITIVE($name) }
        [authorities] Керівництву { GENITIVE($name) }
       *[mayor] Мерові { GENITIVE($name) }
    }
letter-to-hromada = Голові { GENITIVE($name) }
letter-to-kyiv =
    { $name ->
       *[other] Київському міському голові
    }
letter-title = Запит на партнерство
letter-salutation-place =
    { $head ->
        [city-president] Шановна пані президентко, шановний пане президенте!
        [burmistrz] Шановна пані бурмістре, шановний пане бурмістре!
        [lord-mayor] Шановна пані обербургомістре, шановний пане обербургомістре!
        [burgomaster] Шановна пані бургомістре, шановний пане бургомістре!
        [primator] Шановна пані приматоре, шановний пане приматоре!
        [starosta] Шановна пані старосто, шановний пане старосто!
        [primar] Шановна пані примаре, шановний пане примаре!
        [kmet] Шановна пані кмете, шановний пане кмете!
        [council-leader] Шановна пані голово, шановний пане голово!
        [head] Шановна пані голово, шановний пане голово!
        [kyiv] Шановна пані голово, шановний пане голово!
        [authorities] Шановні пані й панове!
       *[mayor] Шановна пані мере, шановний пане мере!
    }
letter-salutation-hromada = Шановна пані голово, шановний пане голово!

# Who writes

letter-intro-hromada =
    { $count ->
        [one] { $name } — територіальна громада { IN($region, after: "vowel") } України: { $n } населений пункт, приблизно { $people } жителів.
        [few] { $name } — територіальна громада { IN($region, after: "vowel") } України: { $n } населені пункти, приблизно { $people } жителів.
       *[many] { $name } — територіальна громада { IN($region, after: "vowel") } України: { $n } населених пунктів, приблизно { $people } жителів.
    }
letter-intro-hromada-short = { $name } — територіальна громада { IN($region, after: "vowel") } України.
letter-intro-kyiv = { $name } — столиця України, де живе приблизно { $people } осіб.
letter-intro-place = { $name } — муніципалітет { IN($region, head: "регіон") } { GENITIVE($country) }. Тут живе приблизно { $people } осіб.
# Where the region is not known or is the country itself.
letter-intro-place-country = { $name } — муніципалітет { IN($country) }. Тут живе приблизно { $people } осіб.
letter-intro-place-short = { $name } — муніципалітет { IN($country) }.

# Why: of a hromada, then of a municipality abroad

letter-why-one = Ми шукаємо партнера в Європі й вирішили написати саме Вам.
letter-why-many =
    { $count ->
        [2] Ми шукаємо партнера в Європі й звертаємося саме до Вас із двох причин.
        [3] Ми шукаємо партнера в Європі й звертаємося саме до Вас із трьох причин.
        [4] Ми шукаємо партнера в Європі й звертаємося саме до Вас із чотирьох причин.
       *[many] Ми шукаємо партнера в Європі й звертаємося саме до Вас. Причин маємо { $n }.
    }
letter-why-place-one = Ми хотіли б співпрацювати з громадою в Україні й вирішили написати саме Вам.
letter-why-place-many =
    { $count ->
        [2] Ми хотіли б співпрацювати з громадою в Україні й звертаємося саме до Вас із двох причин.
        [3] Ми хотіли б співпрацювати з громадою в Україні й звертаємося саме до Вас із трьох причин.
        [4] Ми хотіли б співпрацювати з громадою в Україні й звертаємося саме до Вас із чотирьох причин.
       *[many] Ми хотіли б співпрацювати з громадою в Україні й звертаємося саме до Вас. Причин маємо { $n }.
    }

letter-first = По-перше,
letter-second = По-друге,
letter-third = По-третє,
letter-fourth = По-четверте,
letter-also = Також

letter-reason-need-met =
    { $offered ->
        [said] Ви пишете, чим можете поділитися: «{ $offer }».
       *[named] Ви можете поділитися досвідом за темою «{ $offer }».
    } { $needed ->
        [said] Ми шукаємо саме цього: «{ $need }».
       *[named] Це одна з наших потреб.
    }
letter-reason-need-near =
    { $offered ->
        [said] Ви пишете, чим можете поділитися: «{ $offer }».
       *[named] Ви маєте досвід за темою «{ $offer }».
    } { $needed ->
        [said] Це близько до того, що шукаємо ми: «{ $need }».
       *[named] Це близько до однієї з наших потреб — «{ $need }».
    }
letter-reason-can-share =
    { $needed ->
        [said] Ви пишете, чого шукаєте: «{ $need }».
       *[named] Ви шукаєте досвіду за темою «{ $need }».
    } { $offered ->
        [said] Ми можемо поділитися цим: «{ $offer }».
       *[named] Ми маємо такий досвід і готові ним поділитися.
    }
letter-reason-exchange =
    тема «{ $subarea }» важлива для обох сторін: нам є чого навчитися одне в одного.{ $offered ->
        [said] {" "}Ви пишете: «{ $offer }».
       *[named] {""}
    }{ $needed ->
        [said] {" "}Ми пишемо: «{ $need }».
       *[named] {""}
    }
letter-reason-language = у нас є спільна робоча мова — { $language }.
letter-reason-formats = ми обрали однаковий формат співпраці — { $format }.
letter-reason-size = ми подібні за кількістю жителів.
letter-reason-distance = між нами лише близько { $km } км.
letter-reason-oblast-country =
    { $count ->
        [one] наша область уже має { $n } партнерство з Вашою країною.
        [few] наша область уже має { $n } партнерства з Вашою країною.
       *[many] наша область уже має { $n } партнерств із Вашою країною.
    }
letter-reason-oblast-country-place =
    { $count ->
        [one] наша країна вже має { $n } партнерство з Вашою областю.
        [few] наша країна вже має { $n } партнерства з Вашою областю.
       *[many] наша країна вже має { $n } партнерств із Вашою областю.
    }
letter-reason-oblast-region =
    { $count ->
        [one] наша область уже має { $n } партнерство з Вашим регіоном.
        [few] наша область уже має { $n } партнерства з Вашим регіоном.
       *[many] наша область уже має { $n } партнерств із Вашим регіоном.
    }
letter-reason-oblast-region-place =
    { $count ->
        [one] наш регіон уже має { $n } партнерство з Вашою областю.
        [few] наш регіон уже має { $n } партнерства з Вашою областю.
       *[many] наш регіон уже має { $n } партнерств із Вашою областю.
    }
letter-reason-near-other = Ваш сусід, { $partner }, уже є партнером { GENITIVE($hromada) } з нашої області.
letter-reason-near-other-place = наш сусід, { $partner }, уже є партнером { GENITIVE($hromada) } з Вашої області.
letter-reason-shared-partner = Ваше місто-побратим { $partner } — вже наш партнер.
letter-reason-shared-partner-place = наше місто-побратим { $partner } — вже Ваш партнер.
letter-reason-near-partner = наш партнер, { $partner }, — Ваш сусід: до нього { $km } км.
letter-reason-near-partner-place = Ваш партнер, { $partner }, — наш сусід: до нього { $km } км.
letter-reason-twins = уже є досвід побратимства, на який ми могли б спертися.
letter-reason-general = ми схожі на інші громади й муніципалітети, які вже стали партнерами.

letter-ask-need =
    { $needed ->
        [said] ми шукаємо ось чого: «{ $need }».
       *[named] ми хотіли б скористатися Вашим досвідом за темою «{ $need }».
    }
letter-ask-offer =
    { $offered ->
        [said] ми можемо поділитися ось чим: «{ $offer }».
       *[named] ми можемо поділитися власним досвідом за темою «{ $offer }».
    }

# The first step

letter-step-online = Для початку пропонуємо онлайн-розмову приблизно на годину. Напишіть, будь ласка, які дні Вам зручні.
letter-step-visit = Для початку пропонуємо короткий навчальний візит, щоб познайомитися й побачити, чого ми могли б навчитися одне в одного.
letter-step-application = Для початку пропонуємо обговорити спільний проєкт і разом пошукати конкурс, на який ми могли б подати заявку.
letter-step-youth = Для початку пропонуємо познайомити молодь обох сторін: спершу онлайн, а коли це буде можливо — особисто.

letter-languages = Наші робочі мови: { $languages }.
letter-passport = Наш паспорт на одній сторінці: { $url }
letter-reply = Просимо надіслати відповідь на вказану нижче адресу й назвати особу, з якою ми могли б листуватися.
letter-closing = З повагою
letter-sign-urban = Міський голова
letter-sign-settlement = Селищний голова
letter-sign-rural = Сільський голова
letter-sign-kyiv = Київський міський голова
letter-sign-place =
    { $head ->
        [city-president] Президент міста
        [burmistrz] Бурмістр
        [lord-mayor] Обербургомістр
        [burgomaster] Бургомістр
        [primator] Приматор
        [starosta] Староста
        [primar] Примар
        [kmet] Кмет
        [council-leader] Голова ради
        [head] Голова муніципалітету
        [authorities] Керівник муніципалітету
       *[mayor] Мер
    }
letter-contact-line = Контактна особа, електронна пошта, телефон:
letter-made-with = Підготовлено за допомогою Mosty; дані з відкритих джерел.
letter-invented = Демонстрація: потреби, досвід і мови, на яких ґрунтується цей лист, вигадано.

# The passport: a municipality on one page

passport-title = Паспорт { GENITIVE($name) }
passport-subtitle = Одна сторінка для можливих партнерів
passport-where = Розташування
passport-people = Населення
passport-people-estimated = оцінка
passport-settlements = Населених пунктів
passport-occupied-until = Під окупацією до
passport-role = Тип
passport-code = Офіційний код
passport-geonames = Номер у GeoNames
passport-needs = Потреби
passport-offers = Чим можемо поділитися
passport-exchange = Обмін досвідом
passport-languages = Робочі мови
passport-formats = Формати співпраці
passport-partners = Зафіксовані зв’язки
passport-none-stated = Ще не зазначено
passport-withheld = подробиці бачать підтверджені представники
passport-none-recorded = Тут не зафіксовано (переліки неповні)
passport-looking = Бажаний партнер
passport-open =
    { $count ->
        [0] Цього року вільних місць для нових партнерів немає
        [one] { $n } вільне місце для нового партнера цього року
        [few] { $n } вільні місця для нових партнерів цього року
       *[many] { $n } вільних місць для нових партнерів цього року
    }
passport-contact = Контакти
passport-source = Відкриті дані станом на { $date }; потреби й досвід зазначає сама громада чи муніципалітет
passport-invented = Демонстрація: зазначені тут потреби, досвід і мови вигадано.
passport-control-occupied = Під окупацією, наскільки відомо; ця сторінка — лише для довідки.
passport-control-partly = Частково під окупацією, наскільки відомо.
passport-control-front = Тут або поруч тривають чи тривали бойові дії, наскільки відомо.
passport-since = З { $date }.

passport-level-1 = вивчаємо питання
passport-level-2 = починаємо
passport-level-3 = маємо досвід
passport-level-4 = можемо навчити чи прийняти в себе

role-kyiv = місто Київ
role-oblast-centre = громада обласного центру
role-urban = міська громада
role-settlement = селищна громада
role-rural = сільська громада
role-capital = столиця країни
role-region-seat = центр регіону
role-county-seat = центр округу або провінції
role-district-seat = центр району
role-place = місто або село

status-listed = Ще не в Mosty
status-claimed = Є представники
status-verified = Повноваження підтверджено
status-paused = Тимчасово зупинено
