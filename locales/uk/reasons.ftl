# Підстави: кожна може стояти для будь-якої сторони, тож жодна не каже «ви» чи
# «вони»: про кого йдеться, кажуть назви. Числа — це відомі партнерства, без
# партнерств громад, що зараз окуповані.

reason-exchange = Обидві сторони цього шукають і можуть цим поділитися: { $subarea }
reason-need-met = { $seeker } шукає: { $need }. { $helper } може поділитися: { $offer }
reason-need-near = { $seeker } шукає: { $need }. { $helper } має близький досвід: { $offer }
reason-can-share = { $helper } може поділитися тим, що шукає { $seeker }: { $offer }
reason-shared-partner = Місто-побратим — { $partner }, партнер { GENITIVE($hromada) }
reason-shared-twin = Має спільне місто-побратима ({ $twin }) із { INSTRUMENTAL($partner) }, партнером { GENITIVE($hromada) }
reason-near-partner = За { $km } км — { $partner }, партнер { GENITIVE($hromada) }
reason-near-other-partner = За { $km } км — { $partner }, партнер { GENITIVE($hromada) }
reason-beside-other-partner = Поруч { $partner }, партнер { GENITIVE($hromada) }
reason-around-other-partner = Неподалік ({ $km } км) { $partner }, партнер { GENITIVE($hromada) }
reason-partner-of = Уже партнер { GENITIVE($hromada) }
reason-oblast-region =
    { $count ->
        [one] { $n } відоме партнерство { GENITIVE($oblast) } { WITH($region, head: "регіон", after: "vowel") }
        [few] { $n } відомі партнерства { GENITIVE($oblast) } { WITH($region, head: "регіон", after: "vowel") }
       *[many] { $n } відомих партнерств { GENITIVE($oblast) } { WITH($region, head: "регіон", after: "vowel") }
    }
reason-language = Спільна мова — { $language }, в обох сторін щонайменше { $fluency }
reason-interpreter = Є перекладач
reason-distance = Лише { $km } км

reason-size-same = Майже однакові за населенням: { $other } і { $own }
reason-size-little-larger = Населення трохи більше: { $other } і { $own }
reason-size-larger = Населення більше в півтора раза: { $other } і { $own }
reason-size-double = Населення більше приблизно вдвічі: { $other } і { $own }
reason-size-triple = Населення більше приблизно втричі: { $other } і { $own }
reason-size-much-larger = Населення значно більше: { $other } і { $own }
reason-size-little-smaller = Населення трохи менше: { $other } і { $own }
reason-size-smaller = Населення менше на третину: { $other } і { $own }
reason-size-half = Населення менше приблизно вдвічі: { $other } і { $own }
reason-size-third = Населення менше приблизно втричі: { $other } і { $own }
reason-size-much-smaller = Населення значно менше: { $other } і { $own }

reason-country-oblast =
    { $count ->
        [one] { $n } відоме партнерство { GENITIVE($oblast) } { WITH($country) }
        [few] { $n } відомі партнерства { GENITIVE($oblast) } { WITH($country) }
       *[many] { $n } відомих партнерств { GENITIVE($oblast) } { WITH($country) }
    }
reason-country =
    { $count ->
        [one] { $n } відоме партнерство України { WITH($country) }
        [few] { $n } відомі партнерства України { WITH($country) }
       *[many] { $n } відомих партнерств України { WITH($country) }
    }
reason-twins =
    { $count ->
        [one] Зафіксовано { $n } місто-побратим
        [few] Зафіксовано { $n } міста-побратими
       *[many] Зафіксовано { $n } міст-побратимів
    }
reason-formats = Обидві сторони обирають цей формат: { $format }
reason-wish-country = Бажана країна партнера — { $country }
reason-wish-size = Бажаний розмір — { $size }
reason-open = Є вільне місце для нового партнера
reason-claimed = Є представники в Mosty, тож є кого запитати

# Наведені чужі слова.
reason-quote = «{ $text }»

# What would change a score: each follows a signed number, as in «+5, якщо …».

# What stands between the number and the condition.
change-joint = {", "}
change-they-offer = якщо { $partner } зможе поділитися цим: { $subarea }
change-you-offer = якщо ви теж зможете поділитися цим: { $subarea }
change-you-speak = якщо ви теж зможете працювати цією мовою: { $language }
change-they-speak = якщо { $partner } зможе працювати цією мовою: { $language }
change-they-want = якщо { $partner } теж обере цей формат: { $format }
change-they-open = якщо { $partner } підтвердить повноваження й матиме вільне місце
change-you-open = якщо ви підтвердите повноваження й матимете вільне місце для партнера
change-both-claim = якщо обидві сторони приєднаються до Mosty, а ви підтвердите повноваження й матимете вільне місце
change-they-close = коли { $partner } уже не матиме вільного місця
