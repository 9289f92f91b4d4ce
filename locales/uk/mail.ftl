# Emails. Paragraphs are divided by “ | ”; a link, if there is one, follows.
mail-greeting = Добрий день!
mail-close = Mosty
mail-invitation-subject = Ваш обліковий запис у Mosty
mail-invitation = Вас запрошено до Mosty, де громади України та муніципалітети Європи знаходять одне одного. | Перейдіть за посиланням нижче й оберіть пароль. Посилання діє три дні.
mail-password-subject = Новий пароль для Mosty
mail-password = Хтось, імовірно ви, просить новий пароль. | Щоб обрати його, перейдіть за посиланням нижче. Посилання діє годину й лише один раз. Якщо ви про це не просили, нічого робити не треба.
mail-password-changed-subject = Ваш пароль змінено
mail-password-changed = Пароль вашого облікового запису в Mosty змінено, усі інші сеанси завершено. | Якщо це зробили не ви, негайно попросіть новий пароль і повідомте адміністрацію сайту.
mail-address-subject = Підтвердіть нову адресу
mail-address = Перейдіть за посиланням нижче, щоб використовувати цю адресу для свого облікового запису в Mosty. Посилання діє добу.
mail-address-asked-subject = Нова адреса для вашого облікового запису
mail-address-asked = Хтось, імовірно ви, просить змінити адресу вашого облікового запису в Mosty. Нічого не зміниться, доки не перейдуть за посиланням у листі на ту адресу. | Якщо це не ви, змініть пароль.
mail-factor-changed-subject = Двоетапний вхід змінено
mail-factor-changed = Двоетапний вхід до вашого облікового запису в Mosty налаштовано заново або вимкнено. | Якщо це зробили не ви, негайно попросіть новий пароль і повідомте адміністрацію сайту.
mail-claim-confirm-subject = Ваша заява щодо { GENITIVE($municipality) }
mail-claim-confirm = Ви або хтось із вашою адресою хоче вести в Mosty профіль { GENITIVE($municipality) }. | Перейдіть за посиланням нижче й оберіть пароль; після цього проєктний менеджер розгляне заяву. Посилання діє три дні. Якщо це не ви, нічого робити не треба.
mail-claim-known-subject = Ваша заява щодо { GENITIVE($municipality) }
mail-claim-known = Хтось, імовірно ви, хоче вести в Mosty профіль { GENITIVE($municipality) }. З цією адресою вже є обліковий запис: увійдіть і подайте заяву там. | Якщо це не ви, нічого робити не треба.
mail-claim-received-subject = Ваша заява щодо { GENITIVE($municipality) }
mail-claim-received = Вашу заяву щодо { GENITIVE($municipality) } отримано. Проєктний менеджер розгляне її; відповідь надійде на електронну пошту.
mail-claim-accepted-subject = { $municipality }: повноваження підтверджено
mail-claim-accepted = Відтепер ви можете вести профіль { GENITIVE($municipality) }, підписувати від імені громади чи муніципалітету й запрошувати інших.
mail-claim-refused-subject = { $municipality }: заяву відхилено
mail-claim-refused = Вашу заяву щодо { GENITIVE($municipality) } відхилено. Підстави — за посиланням:
mail-claim-returned-subject = { $municipality }: запитання
mail-claim-returned = Проєктний менеджер просить уточнити вашу заяву щодо { GENITIVE($municipality) }. Прочитайте запитання й дайте відповідь:
mail-stop = Відмовитися від таких листів:
mail-member-invited-subject = { $municipality }: вас запрошено
mail-member-invited = Вас запрошують представляти в Mosty { ACCUSATIVE($municipality) }. У Mosty громади України та муніципалітети Європи знаходять одне одного. | Перейдіть за посиланням нижче й оберіть пароль; посилання діє три дні. Потім погодьтеся у своєму обліковому записі.
mail-member-asked-subject = { $municipality }: вас запрошено
mail-member-asked = Вас запрошують представляти в Mosty { ACCUSATIVE($municipality) }. Увійдіть і погодьтеся чи відмовтеся впродовж чотирнадцяти днів:
mail-request-accepted-subject = Виконано: { $about }
mail-request-accepted = Ваше звернення перевірено й виконано: { $about }. Дякуємо. { $answer }
mail-request-refused-subject = Не виконано: { $about }
mail-request-refused = Ваше звернення не виконано: { $about }. Проєктний менеджер пише: | { $answer }
mail-digest-subject = Нове для { GENITIVE($municipality) }
mail-digest = Цього тижня інші зазначили те, що відповідає профілю { GENITIVE($municipality) }: | { $news } | Усі можливі партнери:
mail-expiring-subject = { $municipality }: спливає строк дії записів
mail-expiring = Упродовж тридцяти днів спливає строк дії таких записів профілю { GENITIVE($municipality) }; після цього вони не враховуватимуться: | { $news } | Кожен можна поновити на дванадцять місяців одним натисканням:
mail-queue-subject =
    { $count ->
        [one] { $n } заява чи звернення чекає
        [few] { $n } заяви чи звернення чекають
       *[other] { $n } заяв чи звернень чекають
    }
mail-queue =
    { $count ->
        [one] На рішення чекає { $n } заява чи звернення.
        [few] На рішення чекають { $n } заяви чи звернення.
       *[other] На рішення чекають { $n } заяв чи звернень.
    }
mail-claim-code-subject = Код для профілю { GENITIVE($municipality) }
mail-claim-code = { $who } хоче вести в Mosty профіль { GENITIVE($municipality) } і називає цю адресу офіційною. | Якщо ця людина працює у вас, передайте їй код: { $code } | Якщо ні, нікому його не передавайте; більше нічого робити не треба.
