# A letter, put together from choices so that it reads whole.
#
# Order: letter-to-…, letter-title, letter-salutation-…; one paragraph of
# letter-intro-… and letter-why-…; the reasons, each a paragraph; one
# step and letter-languages; letter-reply; closing.
#
# Reasons and the two free choices (letter-reason-…, letter-ask-…) are the
# rest of a sentence that letter-first … letter-fourth open; one that stands
# alone has no opener and gets a capital letter. “We” is the sender and “you”
# the recipient, whichever of the two is the hromada.
#
# Arguments stand in the nominative. “people” should be rounded (two or three
# figures that count), because the sentences say “about”.

letter-aria = Лист українською
letter-date = { $date }
letter-to-place = Меру { GENITIVE($name) }
letter-to-hromada = Голові { GENITIVE($name) }
letter-to-kyiv =
    { $name ->
       *[other] Київському міському голові
    }
letter-title = Запит на партнерство
letter-salutation-place = Шановна пані голово, шановний пане голово!
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

letter-reason-need-met = Ви можете поділитися досвідом за темою «{ $subarea }», а це одна з наших потреб.
letter-reason-need-near = Ваш досвід близький до однієї з наших потреб — «{ $subarea }».
letter-reason-can-share = Ви шукаєте досвіду за темою «{ $subarea }», а ми можемо поділитися своїм.
letter-reason-exchange = тема «{ $subarea }» важлива для обох сторін: нам є чого навчитися одне в одного.
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

letter-ask-need = ми хотіли б скористатися Вашим досвідом за темою «{ $subarea }».
letter-ask-offer = ми можемо поділитися власним досвідом за темою «{ $subarea }».

# The first step

letter-step-online = Для початку пропонуємо онлайн-розмову приблизно на годину. Напишіть, будь ласка, які дні Вам зручні.
letter-step-visit = Для початку пропонуємо короткий навчальний візит, щоб познайомитися й побачити, чого ми могли б навчитися одне в одного.
letter-step-application = Для початку пропонуємо обговорити спільний проєкт і разом пошукати конкурс, на який ми могли б подати заявку.
letter-step-youth = Для початку пропонуємо познайомити молодь обох сторін: спершу онлайн, а коли це буде можливо — особисто.

letter-languages = Наші робочі мови: { $languages }.
letter-reply = Просимо надіслати відповідь на вказану нижче адресу й назвати особу, з якою ми могли б листуватися.
letter-closing = З повагою
letter-sign-urban = Міський голова
letter-sign-settlement = Селищний голова
letter-sign-rural = Сільський голова
letter-sign-kyiv = Київський міський голова
letter-sign-place = Мер
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
