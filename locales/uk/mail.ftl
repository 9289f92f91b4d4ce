# Letters. Paragraphs are divided by “ | ”; a link, if there is one, follows.
mail-greeting = Добрий день!
mail-close = Mosty
mail-invitation-subject = Ваш обліковий запис у Mosty
mail-invitation = Вас запрошено до Mosty, де громади України та муніципалітети Європи знаходять одне одного. | Перейдіть за цим посиланням і оберіть пароль. Воно діє три дні.
mail-password-subject = Новий пароль для Mosty
mail-password = Хтось, імовірно ви, попросив про новий пароль. | Щоб обрати його, перейдіть за цим посиланням. Воно діє годину й лише один раз. Якщо ви про це не просили, нічого робити не треба.
mail-password-changed-subject = Ваш пароль змінено
mail-password-changed = Пароль вашого облікового запису в Mosty змінено, усі інші сеанси завершено. | Якщо це були не ви, негайно попросіть новий пароль і повідомте тих, хто утримує сайт.
mail-address-subject = Підтвердіть нову адресу
mail-address = Перейдіть за цим посиланням, щоб використовувати цю адресу для свого облікового запису в Mosty. Воно діє добу.
mail-address-asked-subject = Нова адреса для вашого облікового запису
mail-address-asked = Хтось, імовірно ви, попросив змінити адресу вашого облікового запису в Mosty. Нічого не зміниться, доки не перейдуть за посиланням у листі на ту адресу. | Якщо це були не ви, змініть пароль.
mail-factor-changed-subject = Другий фактор змінено
mail-factor-changed = Другий фактор вашого облікового запису в Mosty налаштовано заново або прибрано. | Якщо це були не ви, негайно попросіть новий пароль і повідомте тих, хто утримує сайт.
mail-claim-confirm-subject = Ваша заява: { $municipality }
mail-claim-confirm = Ви або хтось із вашою адресою хоче вести профіль у Mosty: { $municipality }. | Перейдіть за цим посиланням і оберіть пароль; після цього проєктний менеджер розгляне заяву. Воно діє три дні. Якщо це були не ви, нічого робити не треба.
mail-claim-known-subject = Ваша заява: { $municipality }
mail-claim-known = Хтось, імовірно ви, хоче вести профіль у Mosty: { $municipality }. З цією адресою вже є обліковий запис: увійдіть і подайте заяву там. | Якщо це були не ви, нічого робити не треба.
mail-claim-received-subject = Ваша заява: { $municipality }
mail-claim-received = Вашу заяву отримано: { $municipality }. Проєктний менеджер розгляне її; відповідь надійде на електронну пошту.
mail-claim-accepted-subject = { $municipality }: повноваження підтверджено
mail-claim-accepted = { $municipality }: відтепер ви можете вести профіль, підписувати від імені громади чи муніципалітету й запрошувати інших.
mail-claim-refused-subject = { $municipality }: заяву відхилено
mail-claim-refused = Вашу заяву відхилено: { $municipality }. Підстави — за посиланням:
mail-claim-returned-subject = { $municipality }: запитання
mail-claim-returned = Проєктний менеджер має запитання до вашої заяви: { $municipality }. Прочитайте й дайте відповідь:
mail-stop = Менше таких листів:
mail-member-invited-subject = { $municipality }: вас запрошено
mail-member-invited = Вас запрошують представляти в Mosty: { $municipality }. У Mosty громади України та муніципалітети Європи знаходять одне одного. | Перейдіть за цим посиланням і оберіть пароль; воно діє три дні. Потім погодьтеся у своєму обліковому записі.
mail-member-asked-subject = { $municipality }: вас запрошено
mail-member-asked = Вас запрошують представляти в Mosty: { $municipality }. Увійдіть і погодьтеся чи відмовтеся впродовж чотирнадцяти днів:
mail-request-accepted-subject = Виконано: { $about }
mail-request-accepted = Ваше звернення перевірено й виконано: { $about }. Дякуємо. { $answer }
mail-request-refused-subject = Не виконано: { $about }
mail-request-refused = Ваше звернення не виконано: { $about }. Проєктний менеджер пише: | { $answer }
mail-digest-subject = Нове: { $municipality }
mail-digest = Цього тижня інші зазначили те, що відповідає вашому профілю ({ $municipality }): | { $news } | Усі можливі партнери:
mail-expiring-subject = { $municipality }: спливає строк дії записів
mail-expiring = Упродовж тридцяти днів строк дії цих записів профілю ({ $municipality }) спливе, і вони більше не враховуватимуться: | { $news } | Кожен можна поновити на дванадцять місяців одним натисканням:
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
mail-claim-code-subject = Код: { $municipality }
mail-claim-code = { $who } хоче вести профіль у Mosty ({ $municipality }), а цю адресу назвали офіційною. | Якщо ця людина працює у вас, передайте їй код: { $code } | Якщо ні, нікому його не передавайте; більше нічого робити не треба.
