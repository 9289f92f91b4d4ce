# Areas of cooperation, as inside a sentence

area-governance = врядування та євроінтеграція
area-participation = участь громадян і громадський контроль
area-finance = фінанси, комунальні підприємства, закупівлі
area-digital = цифрове врядування та дані
area-energy = енергетика та клімат
area-water = вода, водовідведення й річкові басейни
area-environment = відходи, циркулярна економіка й довкілля
area-planning = планування, житло, відбудова
area-mobility = транспорт і мобільність
area-economy = економіка, робочі місця, туризм
area-education = освіта, професійне навчання, молодь
area-health = здоров’я та реабілітація
area-social = соціальні послуги та інклюзія
area-cohesion = згуртованість, діаспора, повернення
area-safety = цивільний захист і стійкість
area-culture = культура, спадщина, обміни

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

# Oblasts, by the first four characters of their KATOTTG codes.
oblast-ua05 = Вінницька область
oblast-ua07 = Волинська область
oblast-ua12 = Дніпропетровська область
oblast-ua14 = Донецька область
oblast-ua18 = Житомирська область
oblast-ua21 = Закарпатська область
oblast-ua23 = Запорізька область
oblast-ua26 = Івано-Франківська область
oblast-ua32 = Київська область
oblast-ua35 = Кіровоградська область
oblast-ua44 = Луганська область
oblast-ua46 = Львівська область
oblast-ua48 = Миколаївська область
oblast-ua51 = Одеська область
oblast-ua53 = Полтавська область
oblast-ua56 = Рівненська область
oblast-ua59 = Сумська область
oblast-ua61 = Тернопільська область
oblast-ua63 = Харківська область
oblast-ua65 = Херсонська область
oblast-ua68 = Хмельницька область
oblast-ua71 = Черкаська область
oblast-ua73 = Чернівецька область
oblast-ua74 = Чернігівська область
