# Areas of cooperation

area-governance = Врядування та євроінтеграція
area-participation = Участь громадян і громадський контроль
area-finance = Фінанси, комунальні підприємства, закупівлі
area-digital = Цифрове врядування та дані
area-energy = Енергетика та клімат
area-water = Вода, водовідведення й річкові басейни
area-environment = Відходи, циркулярна економіка й довкілля
area-planning = Планування, житло, відбудова
area-mobility = Транспорт і мобільність
area-economy = Економіка, робочі місця, туризм
area-education = Освіта, професійне навчання, молодь
area-health = Здоров’я та реабілітація
area-social = Соціальні послуги та інклюзія
area-cohesion = Згуртованість, діаспора, повернення
area-safety = Цивільний захист і стійкість
area-culture = Культура, спадщина, обміни

# Sub-areas: short noun phrases that can stand inside a sentence

subarea-governance-acquis = право ЄС на місцевому рівні
subarea-governance-strategy = стратегування, моніторинг та оцінювання
subarea-governance-training = розвиток і навчання персоналу
subarea-governance-integrity = доброчесність і запобігання корупції
subarea-governance-intermunicipal = співробітництво сусідніх громад

subarea-participation-dialogue = діалог про пріоритети відновлення
subarea-participation-budgeting = громадський бюджет
subarea-participation-monitoring = громадський моніторинг відновлення
subarea-participation-youth-councils = молодіжні ради
subarea-participation-gender = гендерно чутлива політика

subarea-finance-budget = аналіз бюджету для відновлення
subarea-finance-enterprises = ефективність комунальних підприємств
subarea-finance-assets = управління майном і землею
subarea-finance-preparation = підготовка інвестиційних проєктів
subarea-finance-procurement = публічні закупівлі
subarea-finance-ppp = публічно-приватне партнерство

subarea-digital-services = електронні послуги та ЦНАП
subarea-digital-open-data = відкриті дані
subarea-digital-gis = геоінформаційні системи та розумне місто
subarea-digital-cybersecurity = кібербезпека
subarea-digital-connectivity = доступ до інтернету та громадський Wi-Fi
subarea-digital-dream = робота в екосистемі DREAM

subarea-energy-efficiency = енергоефективність громадських будівель
subarea-energy-heating = централізоване теплопостачання
subarea-energy-renewables = енергія сонця, вітру та біомаси
subarea-energy-backup = резервне живлення та розумні мережі
subarea-energy-secap = план дій сталого енергетичного розвитку та клімату (ПДСЕРК)

subarea-water-supply = водопостачання
subarea-water-wastewater = водовідведення й очищення стічних вод
subarea-water-leakage = зменшення втрат води й облік
subarea-water-basins = співпраця в межах річкових басейнів
subarea-water-emergency = водопостачання в надзвичайних ситуаціях

subarea-environment-waste = управління побутовими відходами
subarea-environment-debris = вивезення й повторне використання відходів від руйнувань
subarea-environment-green = зелені зони та біорізноманіття
subarea-environment-floods = адаптація до повеней
subarea-environment-air-soil = якість повітря й ґрунтів

subarea-planning-plans = комплексні плани просторового розвитку
subarea-planning-housing = соціальне житло й житло для ВПО
subarea-planning-public-buildings = ремонт і відбудова громадських будівель
subarea-planning-bauhaus = Новий європейський Баугауз
subarea-planning-damage = облік пошкоджень і руйнувань

subarea-mobility-streets = вулиці та мости
subarea-mobility-transit = громадський транспорт
subarea-mobility-cycling = велосипедний і пішохідний рух
subarea-mobility-logistics = логістика та перетин кордону
subarea-mobility-accessibility = доступність транспорту

subarea-economy-sme = підтримка малого й середнього бізнесу
subarea-economy-investment = індустріальні парки та інвестиції
subarea-economy-agrifood = сільське господарство, харчова галузь і розвиток села
subarea-economy-creative = креативний і зелений бізнес
subarea-economy-tourism = туризм
subarea-economy-b2b = контакти між підприємствами

subarea-education-schools = мережа шкіл та укриття в них
subarea-education-vocational = професійне навчання та перекваліфікація
subarea-education-early-years = дошкільна освіта
subarea-education-youth-exchange = молодіжні обміни
subarea-education-language = вивчення мов

subarea-health-hospitals = лікарні та первинна медична допомога
subarea-health-rehabilitation = фізична реабілітація та протезування
subarea-health-mental = психічне здоров’я
subarea-health-public-health = громадське здоров’я
subarea-health-ambulance = екстрена медична допомога

subarea-social-idp = прийняття й підтримка ВПО
subarea-social-veterans = підтримка ветеранів і ветеранок
subarea-social-care = догляд за літніми людьми та дітьми
subarea-social-barrier-free = безбар’єрність
subarea-social-centres = багатофункціональні громадські центри

subarea-cohesion-diaspora = ініціативи діаспори й людей із тимчасовим захистом
subarea-cohesion-return = повернення та реінтеграція
subarea-cohesion-security-groups = місцеві групи з питань миру та громадської безпеки
subarea-cohesion-memory = пам’ять і діалог

subarea-safety-crisis = кризове управління
subarea-safety-shelters = укриття
subarea-safety-rescue = пожежно-рятувальна служба
subarea-safety-continuity = безперервність послуг під час знеструмлень
subarea-safety-mines = протимінна діяльність

subarea-culture-heritage = охорона культурної спадщини
subarea-culture-libraries = бібліотеки та музеї
subarea-culture-sport = спорт
subarea-culture-exchange = шкільні та громадянські обміни
subarea-culture-languages = мови та мовне розмаїття

# Countries

# Outside the directory, where lists of ties name them.
country-US = США
country-CN = Китай
country-JP = Японія
country-CA = Канада
country-AD = Андорра
country-AL = Албанія
country-AM = Вірменія
country-AT = Австрія
country-AX = Аландські острови
country-AZ = Азербайджан
country-BA = Боснія і Герцеговина
country-BE = Бельгія
country-BG = Болгарія
country-BY = Білорусь
country-CH = Швейцарія
country-CY = Кіпр
country-CZ = Чехія
country-DE = Німеччина
country-DK = Данія
country-DZ = Алжир
country-EE = Естонія
country-ES = Іспанія
country-FI = Фінляндія
country-FO = Фарерські острови
country-FR = Франція
country-GB = Велика Британія
country-GE = Грузія
country-GG = Гернсі
country-GI = Гібралтар
country-GL = Гренландія
country-GR = Греція
country-HR = Хорватія
country-HU = Угорщина
country-IE = Ірландія
country-IL = Ізраїль
country-IM = Острів Мен
country-IQ = Ірак
country-IR = Іран
country-IS = Ісландія
country-IT = Італія
country-JE = Джерсі
country-JO = Йорданія
country-KZ = Казахстан
country-LB = Ліван
country-LI = Ліхтенштейн
country-LT = Литва
country-LU = Люксембург
country-LV = Латвія
country-LY = Лівія
country-MA = Марокко
country-MC = Монако
country-MD = Молдова
country-ME = Чорногорія
country-MK = Північна Македонія
country-MT = Мальта
country-NL = Нідерланди
country-NO = Норвегія
country-PL = Польща
country-PT = Португалія
country-RO = Румунія
country-RS = Сербія
country-RU = Росія
country-SE = Швеція
country-SI = Словенія
country-SK = Словаччина
country-SM = Сан-Марино
country-SY = Сирія
country-TN = Туніс
country-TR = Туреччина
country-UA = Україна
country-XK = Косово

# Working languages

language-uk = українська
language-en = англійська
language-pl = польська
language-de = німецька
language-fr = французька
language-es = іспанська
language-it = італійська
language-ro = румунська
language-cs = чеська
language-sk = словацька
language-hu = угорська
language-bg = болгарська
language-lt = литовська
language-lv = латиська
language-et = естонська
language-sv = шведська
language-fi = фінська
language-da = данська
language-no = норвезька
language-nl = нідерландська
language-pt = португальська
language-el = грецька
language-hr = хорватська
language-sr = сербська
language-sl = словенська
language-mk = македонська
language-sq = албанська
language-tr = турецька
language-ka = грузинська
language-is = ісландська
language-ga = ірландська
language-mt = мальтійська

# Official languages that are no working languages

language-bs = боснійська
language-ca = каталанська
language-ca-valencia = валенсійська
language-cnr = чорногорська
language-cy = валлійська
language-eu = баскська
language-fo = фарерська
language-fy = фризька
language-gag = гагаузька
language-gd = шотландська гельська
language-gl = галісійська
language-lb = люксембурзька
language-oc = окситанська
language-rm = ретороманська
language-ru = російська
language-rue = русинська
language-sco = шотландська (скотс)

# Ways of working together

format-study-visit = навчальний візит
format-expert-mission = виїзд експертів
format-shadowing = стажування
format-online = онлайн-зустрічі
format-joint-application = спільна заявка на фінансування
format-equipment = передання обладнання
format-youth-exchange = молодіжний обмін

# Names

name-hromada = { $name } громада
name-kyiv = Київ
name-oblast = { $name } область

# How far a municipality has come in a sub-area

level-1 = знайомство з темою
level-2 = початок роботи
level-3 = є досвід
level-4 = готовність навчити чи прийняти в себе

# Which way an entry points

direction-need = Потреба
direction-offer = Досвід, яким ділимося
direction-exchange = Обмін досвідом

# Bands of population

size-lt5k = до 5 тис. осіб
size-5k_10k = 5–10 тис. осіб
size-10k_20k = 10–20 тис. осіб
size-20k_50k = 20–50 тис. осіб
size-50k_100k = 50–100 тис. осіб
size-ge100k = від 100 тис. осіб
size-unknown = населення невідоме

# How far an entry has come on the platform

status-listed = Ще не в Mosty
status-claimed = Є представники
status-verified = Повноваження підтверджено
status-paused = Тимчасово зупинено

# Administrative roles

role-kyiv = місто Київ
role-oblast-centre = громада обласного центру
role-urban-large = міська громада від 50 000 осіб
role-urban-small = менша міська громада
role-urban = міська громада
role-settlement = селищна громада
role-rural = сільська громада
role-capital = столиця країни
role-region-seat = центр регіону
role-county-seat = центр округу або провінції
role-district-seat = центр району
role-place = місто або село

# Whether a municipality looks for partners

openness-open = Шукає нових партнерів
openness-paused = Зараз не шукає партнерів
openness-complete = Має достатньо партнерів

# Who may read a statement

audience-public = Усі
audience-verified = Підтверджені представники
audience-partner = Лише цей партнер

# How well a language is spoken

fluency-A2 = A1–A2: вітання та прості фрази
fluency-B1 = B1: розуміємо, про що йдеться на зустрічі
fluency-B2 = B2: можемо працювати
fluency-C1 = C1 і вище: вільно або рідна мова

# The nine criteria of a pair

criterion-distance = Відстань
criterion-size = Розмір
criterion-role = Роль у регіоні
criterion-country = Країна та сусіди
criterion-ties = Міста-побратими
criterion-needs = Потреби й досвід
criterion-languages = Мови
criterion-formats = Формати й побажання
criterion-readiness = Відкритість і підтвердження

# The same inside a sentence, as in a list of what is not known

criterion-distance-inline = відстань
criterion-size-inline = розмір
criterion-role-inline = роль у регіоні
criterion-country-inline = країна та сусіди
criterion-ties-inline = міста-побратими
criterion-needs-inline = потреби й досвід
criterion-languages-inline = мови
criterion-formats-inline = формати й побажання
criterion-readiness-inline = відкритість і підтвердження

criterion-distance-about = Порівнюємо відстань між центрами; бали залежать від того, як часто відомі партнерства сягають такої відстані.
criterion-size-about = Порівнюємо кількість жителів і місце кожної сторони у своїй країні; бали залежать від того, які розміри поєднуються у відомих партнерствах.
criterion-role-about = Порівнюємо, чим кожна сторона є у своєму регіоні: обласним центром, центром округу, селом; бали залежать від того, які ролі поєднуються у відомих партнерствах.
criterion-country-about = Дивимося, де знайшли партнерів інші громади, зокрема сусідні; бали залежать від країн, регіонів і областей відомих партнерств.
criterion-ties-about = Шукаємо партнерів і міста-побратими, які є спільними або розташовані поруч, і дивимося, наскільки муніципалітет за кордоном активний у побратимстві; бали ґрунтуються на відомих партнерствах.
criterion-needs-about = Порівнюємо потреби однієї сторони з тим, чим може поділитися інша; бали визначають оприлюднені правила: за порядком, рівнем і рідкісністю теми, а взаємна користь важить більше.
criterion-languages-about = Порівнюємо мови, якими можуть працювати обидві сторони, за нижчим із двох рівнів; бали визначають оприлюднені правила, перекладача теж враховано.
criterion-formats-about = Порівнюємо формати співпраці, яких хочуть обидві сторони, та побажання щодо партнера; бали визначають оприлюднені правила.
criterion-readiness-about = Дивимося, чи мають обидві сторони представників у Mosty, підтверджені повноваження та вільне місце для партнера; бали визначають оприлюднені правила.

criterion-distance-unknown = Центр однієї зі сторін не зафіксовано; його можна додати імпортом.
criterion-size-unknown = Кількість жителів однієї зі сторін не зафіксовано; до запису можна додати офіційні дані.
criterion-role-unknown = Роль однієї зі сторін у регіоні не зафіксовано; найкраще подивитися на її офіційному сайті.
criterion-country-unknown = Зафіксовані партнерства ще нічого не кажуть про цю країну чи регіон; варто розпитати сусідні громади.
criterion-ties-unknown = У наших переліках немає даних про партнерів і міста-побратими цієї пари; переліки можна імпортувати.
criterion-needs-unknown = Одна зі сторін не зазначила, чого потребує або чим може поділитися; варто запитати в першому листі.
criterion-languages-unknown = Одна зі сторін не зазначила робочих мов; напишіть двома мовами й запитайте, яка зручніша.
criterion-formats-unknown = Одна зі сторін не зазначила, як їй зручніше працювати; варто запитати в першому листі.
criterion-readiness-unknown = Одна зі сторін ще не має представників у Mosty, тож невідомо, хто відповість; пишіть на офіційну електронну адресу.

# The three groups of criteria

group-affinity = Схожість
group-fit = Взаємна користь
group-readiness = Готовність
group-affinity-about = Наскільки пара схожа на відомі партнерства
group-fit-about = Що сторони можуть зробити одна для одної
group-readiness-about = Чи буде кому відповісти
show-projects = Пріоритетні проєкти
stage-idea = задум
stage-prepared = документи готові
stage-funded = фінансування є
stage-running = виконується
cost-below-100k = до 100 тис. євро
cost-below-500k = 100–500 тис. євро
cost-below-2m = 500 тис. – 2 млн євро
cost-below-10m = 2–10 млн євро
cost-above-10m = 10 млн євро й більше
