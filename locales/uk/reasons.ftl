# Reasons: each may stand under «Чому варто вам» and under «Чому варто їм», so
# none says «ви» or «вони». Keys ending in -partner or -own are read only on
# the side of the municipality abroad. Names stand in the nominative.

reason-distance = Відстань { $km } км — звичайна для відомих партнерств
reason-size-alike = Подібний розмір: { $other }
reason-size-larger = Більша сторона: { $other }; такі пари трапляються серед відомих партнерств
reason-size-smaller = Менша сторона: { $other }; такі пари трапляються серед відомих партнерств
reason-role = Такі ролі сторін у регіонах часто поєднуються у відомих партнерствах

reason-country-counted =
    { $count ->
        [one] { $oblast }: { $n } громада вже має партнерів у цій країні ({ $country })
        [few] { $oblast }: { $n } громади вже мають партнерів у цій країні ({ $country })
       *[many] { $oblast }: { $n } громад уже мають партнерів у цій країні ({ $country })
    }
reason-country-oblast = Партнерств між ними більше, ніж зазвичай: { $oblast } — { $country }
reason-country-oblast-partner = Муніципалітети цієї країни ({ $country }) часто мають партнерів тут: { $oblast }
reason-country-oblast-some = Між ними є відоме партнерство: { $oblast } — { $country }
reason-country-region = Муніципалітети регіону часто мають партнерів в Україні: { $region }, { $country }
reason-country-region-some = Цей регіон має відоме партнерство з Україною: { $region }, { $country }
reason-country = Громади України часто знаходять партнерів у цій країні: { $country }
reason-country-partner = Муніципалітети цієї країни часто мають партнерів в Україні: { $country }

reason-shared-partner = Сторони вже пов’язує спільний партнер: { $partner }
reason-shared-partner-partner = Партнер громади — вже місто-побратим: { $partner }
reason-near-partner = За { $km } км є партнер, якого громада вже має: { $partner }
reason-near-partner-partner = Сусід за { $km } км уже співпрацює з громадою: { $partner }
reason-twins =
    { $count ->
        [one] Є досвід побратимства: зафіксовано { $n } місто-побратим
        [few] Є досвід побратимства: зафіксовано { $n } міста-побратими
       *[many] Є досвід побратимства: зафіксовано { $n } міст-побратимів
    }
reason-twins-own =
    { $count ->
        [one] Побратимство — знайома справа: зафіксовано { $n } місто-побратим
        [few] Побратимство — знайома справа: зафіксовано { $n } міста-побратими
       *[many] Побратимство — знайома справа: зафіксовано { $n } міст-побратимів
    }

reason-need-met = Відповідає зазначеній потребі: { $subarea }
reason-need-near = Досвід, близький до зазначеної потреби: { $subarea }
reason-exchange = Обидві сторони хочуть навчатися й можуть ділитися: { $subarea }
reason-can-share = Є чим поділитися з тими, хто цього шукає: { $subarea }

reason-language = Спільна робоча мова: { $language }, в обох сторін щонайменше { $fluency }
reason-interpreter = Є перекладач
reason-formats = Обидві сторони обирають цей формат: { $format }
reason-wish-country = Бажана країна партнера: { $country }
reason-wish-size = Бажаний розмір: { $size }

reason-open = Є вільне місце для нового партнера
reason-claimed = Є представники в Mosty, тож є кого запитати

# What would change a score: each follows a signed number, as in «+5 якщо …».

# What stands between the number and the condition.
change-joint = {", "}
change-they-offer = якщо партнер ({ $partner }) зможе поділитися досвідом: { $subarea }
change-you-offer = якщо ви теж зможете поділитися досвідом: { $subarea }
change-you-speak = якщо ви теж зможете працювати цією мовою: { $language }
change-they-speak = якщо партнер ({ $partner }) зможе працювати цією мовою: { $language }
change-they-want = якщо партнер ({ $partner }) теж обере цей формат: { $format }
change-they-open = якщо партнер ({ $partner }) підтвердить повноваження й матиме вільне місце
change-you-open = якщо ви підтвердите повноваження й матимете вільне місце для партнера
change-both-claim = якщо обидві сторони приєднаються до Mosty, а ви підтвердите повноваження й матимете вільне місце
change-they-close = коли вільне місце буде зайнято: { $partner }
