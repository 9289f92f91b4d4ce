"""How a name in another language is written in Ukrainian.

The rules are those of the orthography of 2019 (§§ 121-153, foreign words and
geographical names) and, for what it leaves to custom, the instructions of the
State Service of Geodesy and Cartography on the names of single countries, as
Ukrainian reference works follow them. `transcribe` knows one table for each
language; `transcription_examples.csv` holds names that everybody knows, to test
the tables with.

A table is a text of pairs, what is written and how it is heard, tried in their
order at each letter. `V`, `C` and `F` stand for a vowel, a consonant and a
front vowel of the other language, `0` for nothing. `й` before a vowel is a
sound of its own and `ь` before one softens; `_settle` writes them as one letter
with the vowel.
"""

import re
import unicodedata
from dataclasses import dataclass

_VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœąęăāēīūőűůěėįųıōŷǫ"
_FRONT = "eiyèéêëìíîïýěæœ"
_CLASSES = {"V": f"[{_VOWELS}]", "C": f"[^{_VOWELS}'’]", "F": f"[{_FRONT}]"}

_LETTERS = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")
_MARKS = frozenset("’- ")

HARD = "бвгґджзклмнпрстфхцчшщ"
_IOTATED = {"а": "я", "е": "є", "і": "ї", "у": "ю"}


def is_ukrainian(name):
    """Whether a name has only the letters and marks of a Ukrainian name."""
    return bool(name) and set(name.lower()) <= _LETTERS | _MARKS


def _pairs(text):
    """The pairs of a table as (written, heard), `0` read as nothing."""
    words = text.split()
    return [(written, "" if heard == "0" else heard)
            for written, heard in zip(words[::2], words[1::2], strict=True)]


def _part_sounds(match):
    """A consonant, й and a vowel: what keeps the two apart before the vowel."""
    before, vowel = match[1], match[2]
    if before in "дтзсцлн":
        return f"{before}ьйо" if vowel == "о" else f"{before}ь{_IOTATED[vowel]}"
    return f"{before}йо" if vowel == "о" else f"{before}’{_IOTATED[vowel]}"


def _settle(word, nine):
    """What all languages share: й and ь with a vowel, і and и, іє and ія."""
    word = re.sub(f"([{HARD}])й([аеіоу])", _part_sounds, word)
    word = re.sub("й([аеіу])", lambda m: _IOTATED[m[1]], word).replace("йю", "ю")
    word = re.sub("([бпвмфр])ьо", r"\1йо", word)
    word = re.sub("ь([аеу])", lambda m: _IOTATED[m[1]], word)
    word = re.sub("ь(?=[ьіи])", "", word).replace("іе", "іє")
    word = re.sub("([аеєіоуюя])і", r"\1ї", word)
    word = re.sub("іа$", "ія", word)
    if nine:
        word = re.sub(f"([жчшщц])і(?=[{HARD}])", r"\1и", word)
    return word


@dataclass
class Language:
    """The rules of one language.

    `sounds` are tried at each letter of a word, `then` is applied to the
    Cyrillic word, one pair after the other. `small` are the words that join
    the parts of a name, `whole` the words that no rule reads right. `nine`:
    whether и stands after ж, ч, ш, ц before a consonant. `soft_l`:
    whether л is soft before a consonant and at the end. `slavic`: whether an
    adjective before its noun is written apart.
    """

    sounds: str
    then: str = ""
    small: str = ""
    whole: str = ""
    nine: bool = True
    soft_l: bool = False
    slavic: bool = False

    def __post_init__(self):
        pairs = _pairs(self.sounds + _LATIN)
        self._heard = [heard for _, heard in pairs]
        self._written = re.compile("|".join(
            "(" + re.sub("[VCF]", lambda m: _CLASSES[m[0]], written) + ")"
            for written, _ in pairs))
        self._then = [(re.compile(before), after)
                      for before, after in _pairs(self.then)]
        self._small = dict(_pairs(self.small))
        self._whole = dict(_pairs(self.whole))

    def is_small(self, word):
        """Whether a word only joins the parts of a name."""
        return word in self._small

    def read(self, word):
        """A word in small Latin letters as one in small Cyrillic letters."""
        for known in (self._small, self._whole):
            if word in known:
                return known[word]
        heard = self._written.sub(lambda m: self._heard[m.lastindex - 1], word)
        if self.soft_l:
            heard = re.sub(f"л(?=[{HARD.replace('л', '')}]|$)", "ль", heard)
        for before, after in self._then:
            heard = before.sub(after, heard)
        return _settle(heard, self.nine)


# The letters that a language has no rule of its own for. Marks that lengthen
# or stress a vowel are not heard.
_LATIN = """
    [aàáâãā] а b б [cç] к d д [eèéêëēė] е f ф g г h г [iìíîïī] і j й k к l л m м
    [nñ] н [oòóôõō] о p п q к r р s с t т [uùúûūů] у v в w в x кс [yýÿŷ] і z з
    ä е ö е ü ю ø е æ е å о œ е ß с ð д þ т ș ш ş ш ț ц ţ ц ł л š ш ž ж č ч ć ч
    đ д [^’а-яіїєґ-] 0
"""

# Poland: the instruction of 2001 and § 146; -ice and -ce as custom has Катовиці
# and Кельці; -ów is -ув where custom has no -ів.
_POLISH = Language("""
    ^śląsk шльонськ
    ^podlaski$ підляський ^podlaska$ підляська ^podlaskie$ підляське ^zielon зелен
    icz ич iki$ ики icki$ ицький icka$ ицька ickie$ ицьке isko$ исько isk$ иськ
    (?<=[kg])i$ и (?<=[mr])ia$ ія ń(?=s|c) н
    szcz щ sz ш cz ч ch х (?<=p|t|k)rz ш (?<=ch)rz ш rz ж dż дж ż ж ł л ó у w в
    ice$ иці ce$ ці ica$ иця ik$ ик ec$ ець
    dź(?=C|$) дзь dź дз ś(?=[kbpgtd]|$) сь ś с ź(?=[kbgptdl]|$) зь ź з
    ć(?=C|$) ць ć ц ń нь
    s(?=k(?:[aoueyi]|ie)?$) сь c(?=k(?:[aoueyi]|ie)?$) ць z(?=k(?:[aouei]|ie)?$) зь
    icą$ ицею cą$ цею ą$ ою ą(?=[bp]) ом ą он ę(?=[bp]) ем ę ен
    (?<=[gk])i(?=[aou]) і i(?=[eę]) 0 i(?=[aąoóu]) ь (?<=rz|sz|cz)i и (?<=ż)i и
    (?<=[^rsc]z)i і (?<=[^dcsr]c)i и ^ci ци
    jo йо l(?=[au]) ль l(?=C|$) ль c ц y и j й ii ії h г x кс
""", then="""
    ([жшч])і(?=[бвгґджзклмнпрстфхцчшщй]) \\1и
""", small="""
    nad над pod під przy при w в k коло koło коло i і na на
""", whole="""
    zdrój здруй
""", nine=False, slavic=True)

# The Czech lands: § 146, ř as рж, after p, t, k and ch as рш.
_CZECH = Language("""
    ou$ ою ého$ ого ý$ ий
    ch х (?<=[ptk])ř рш (?<=ch)ř рш ř рж ou оу č ч š ш ž ж
    ď(?=V) дь ď$ дь ď дь ť ть ň нь
    ě е ie іє ia ія io іо
    ík$ ик ik$ ик ica$ иця (?<=ř)ice$ ице ice$ іце icí$ іцею ec$ ець
    s(?=k[aáoéýyi]?$) сь c(?=k[aáoéýyi]$) ць c ц (?<=[žšřč])[ií] и y и ý и
    l(?=C|$) ль
""", then="""
    ьськ ськ ([а-я])лль \\1лль ^вльт влт
""", small="""
    nad над pod під u у v в ve ве na на při при pri при pod під
""", nine=False, slavic=True)

# Slovakia: § 146; -ice and -ce as custom has Кошиці.
_SLOVAK = Language("""
    s(?=k[aáoéýyie]?$) сь c(?=k[aáoéýyie]$) ць ou$ ою ý$ ий ice$ иці ce$ ці ica$ иця
    ík$ ик ik$ ик ec$ ець
    ch х dz дз dž дж c ц č ч š ш ž ж ď дь ť ть ň нь ľ ль ĺ л ŕ р ô о ä е
    (?<=[bpvm])ia йа (?<=[bpvm])ie йе ia ьа ie є iu ю (?<=[žšč])[ií] и y и ý и
    l(?=[bcčdfghjkmnprsštvzž]) ль
""", small="""
    nad над pod під u у v в na на pri при
""", nine=False, slavic=True)

# Croatia, Bosnia: § 146; h as х, -ac and -ica as -аць and -иця.
_CROATIAN = Language("""
    ^donji$ доній ^gornji$ горній i(?=ć) и lji(?!ca$) лі ji ї ski$ ський šć щ šč щ
    ica$ иця ice$ иці ce$ ці ik$ ик ić$ ич ac$ аць ec$ ець
    dž дж đ дж lj ль nj нь c ц č ч ć ч š ш ž ж h х
    ije іє (?<=[čćšžc])i(?=C) и
    s(?=k[aoie]?$) сь
""", then="лськ льськ", small="""
    na на nad над u у kod код pri при pod під i і
""", nine=False, slavic=True)

# Slovenia: the rules of 2010, § 146.
_SLOVENE = Language("""
    ^donji$ доній ^gornji$ горній i(?=ć) и lji(?!ca$) лі ji ї ski$ ський šć щ šč щ
    ica$ иця ice$ иці ce$ ці ik$ ик ec$ ець (?<=[čšžc])i(?=C) и
    lj ль nj нь c ц č ч š ш ž ж h х
    s(?=k[aoie]?$) сь
""", then="лськ льськ", small="""
    na на nad над v в ob об pri при pod під in ін
""", nine=False, slavic=True)

# Serbian and Montenegrin in Latin letters: read as in Cyrillic ones, see below.
_SERBIAN_LATIN = Language("""
    ije іє ski$ ський ci$ ці ac$ аць ec$ ець ica$ иця ice$ иці ce$ ці
    dž дж đ дж lj ль nj нь c ц č ч ć ч š ш ž ж h х
    ^i і (?<=V)i ї ji ї i(?=V|j) і i и
    s(?=k[aoie]?$) сь
""", then="лськ льськ", small="na на kod код u у i і", nine=False, slavic=True)

# Lithuania: the instruction of 2001; i before a, o, u only softens.
_LITHUANIAN = Language("""
    ch х c ц č ч š ш ž ж ą а ę е ė е į і ų у ū у
    (?<=[čšž])ia я (?<=[čšž])i(?=ai) 0 (?<=[bpvm])ie йе ie є
    (?<=[čšž])iu ю (?<=[čšž])i(?=[oų]) 0 i(?=[aąou]) ь ai ай ei ей ui уй ia я
    (?<=[žčš])[iįy](?=C) и y і
    l(?=C|$) ль
""", then="ль(?=л) л яі$ яй шч щ")

# Latvia: custom; length is not heard, ie is іє (Лієпая).
_LATVIAN = Language("""
    c ц č ч š ш ž ж ģ г ķ к ļ ль ņ нь ai ай ei ей ui уй (?<=V)i й
""")

# Estonia: õ is и; ä and ü soften.
_ESTONIAN = Language("""
    š ш ž ж jõ йи õ и h(?=C) х ^ä е ää яа (?<=V)ä е ä ьа ö е ü ю y ю
    (?<=[aeouõäöü])i й ii ій
""", then="ьа я йя я")

# Finland: custom; ä softens, h before a consonant is х (Лахті).
_FINNISH = Language("""
    å о ^ää ее ää яа ^ä е (?<=V)ä е (?<=s)jä ьа jä йа ä ьа yö юе y ю ö е
    (?<=[aeouyäö])i й ii ій h(?=C) х
""", then="ьа я")

# Romania and Moldova: custom; ă as е, â and î as и, and no i is heard after ț and c
# at the end (Галац).
_ROMANIAN = Language("""
    ă е â и î и [șş] ш [țţ]i$ ц [țţ] ц j ж
    ce[aă](?=C|$) ча ci(?=[aoue]) ч ci$ ч c(?=[eiî]) ч ch(?=[ei]) к
    gea(?=C|$) джа gi(?=[aou]) дж g(?=[ei]) дж gh(?=[ei]) г
    h х ea(?=C|$) я ^ia я ^ie є ^iu ю ^io йо
    (?<=V)ia я (?<=V)ie є (?<=V)iu ю (?<=V)io йо ii$ ії (?<=V)i$ й
    ia$ ія (?<=[bpvmf])ia йа (?<=[bpvmf])ie йе iu іу
""", then="""
    еея ея
""", small="de де la ла cu ку pe пе sub суб din дін lui луй cel чел cea ча",
    nine=False)

# Hungary: the instruction of 2001, but a as the usual а, not о.
_HUNGARIAN = Language("""
    dzs дж zs ж ssz сс sz с cs ч s ш cz ц tz ц c ц
    gy(?=[aáeéöőuúüű]) дьй ny(?=[aáeéöőuúüű]) ньй ty(?=[aáeéöőuúüű]) тьй
    ggy ддь gy дь nny ннь ny нь tty тть ty ть lly лль ly й ll лл
    [áa] а [öő] е [üű] ю (?<=V)y й y$ і
    l(?=C|$) ль
""", then="льль лль ьйе ьє ьйа ья ьйу ью ьйю ью", nine=False)

# German: the instruction of 2001; st and sp as шт and шп at the beginning and in
# the words that names are made of; s before a vowel as з, v as ф but between vowels.
_GERMAN = Language("""
    ^saar саар ^ludwig людвіг ^marien марієн ^karls карлс oranien оранієн
    ^lienz лієнц chiem кім
    tzsch ч tsch ч ^zsch ч sch ш (?<=ri)chs(?!t) хс chs(?=[aew]|$) кс ch х ckh кг
    gh(?=eim) г
    (?<=V)ck(?=V) кк ck к (?<=V)tz(?=V) тц tz ц dt дт ^th т pph ппг
    th(?=aus|eim|of|olz) тг th т ph ф ^rh р rh(?=ein) р qu кв
    ^st шт ^sp шп
    st(?=adt|ädt|edt|ätt|ett|ein|eig|raß|rass|ühl|euer|ock$|ade|olz|orkow) шт
    sp(?=eyer|ring|erg|iegel|elle|itz) шп
    sz с ß с ss сс (?<=V|l|m|n|r)s(?=V) з ^s(?=V) з (?<=[bdg])s(?=V) з
    ae(?=C) е oe(?=C) е (?<![aeä])ue(?=C) ю c(?=[eiäöy]) ц
    aye ає eye ає eie аєй erney$ ерней
    ei ай ey ай ai ай ay ай oi(?!ng) ой ui(?!ng) уй (?<=o)y й eu ой äu ой ie і aa аа
    ee е oo о
    (?<=[aeiouäöüy])h(?=C|$) 0
    (?<=[aouöü])h(?=e(?:n|r|l|$)) 0 h г
    ^v ф (?<=C)v ф v(?=en$) ф haven$ гафен v в w в z ц j й y і
    ^ö е ^ü ю ^ä е
""", then="аєй ає льл лль карльс карлс", small="""
    am ам an ан der дер den ден im ім in ін bei бай ob об vor фор zu цу
    zur цур zum цум auf ауф und унд unter унтер von фон vom фом
    dem дем vorm форм a на ob об ober обер hinter гінтер
""", whole="""
    sankt санкт st. санкт st санкт augustin августин bad бад
    michael міхаель neustadt нойштадт stade штаде see зе rhein рейн
    saarlouis саарлуї
""", soft_l=True)

# French: the endings that are not heard, the nasals, -ill- as й but in ville.
_FRENCH = Language("""
    guy гій ^villa вілла ^ville(?=u) вілл ville(?=[^r]|$) віль ^villes$ віль
    gilles$ жіль mesnil меній ^rosny роні ^osny оні ^isle іль ^asn ан ^will вілл
    bourgs?$ бур
    gheim$ гайм heim$ айм illy$ ії (?<=[au])ch$ к bach бак
    ^mont(?=[bcdfgjlmnpqrsvz]) мон ^pont(?=[bcdfgjlmnpqsvz]) пон
    ^haut(?=[bcdfgjlmnpqsvz]) о ^grand(?=[bcdfgjlmnpqsvz]) гран
    ^champs?(?=[bcdfgjlmnpqsvz]) шан ^neuf(?=[bcdfgjlmnpqsvz]) неф
    tsch ч sch ш ch(?=r|l|n) к ch ш tz ц ph ф th т
    gn(?=e?s?$) нь gn(?=V) ньй gn н
    cqu к cq к qu к gu(?=[eiéèêy]) г ge(?=[aoâô]) ж g(?=[eiéèêëîy]) ж ç с
    c(?=[eiéèêëîyæœ]) с
    sc(?=[eiéèêy]) с cc(?=[eiéèy]) кс j ж
    illiers?$ ільє lliers?$ льє iller$ іллер illers ілле illier ільє
    euille?s?$ ей ueille?s?$ ей euil$ ей ueil$ ей eille?s?$ ей eil$ ей
    aille?s?$ ай ail$ ай ouille?s?$ уй ouil$ уй
    euill ейй ueill ейй eill ей aill ай ouill уй
    illies$ ії illes?$ ій (?<=C)ill(?=[aeéèo]) ій lli(?=[eèé]) льй
    elle(?=[bcdfgmnpqrtv]) ель alle(?=[mnv]) аль (?<=V)s(?=[nml]) 0
    (?<=V[ldtznsc])i(?=[ao].) й ^aix екс
    eaux?$ о eaux? о eauds?$ о auds?$ о auts?$ о aults?$ о aulx?$ о oults?$ у eau о aux?$ о au о
    oeu е oe(?=[bcdfgmnrst]) е œu е eu[xst]?$ е eu е
    oux?$ у oue(?=n$|ns$) уа où у oû у ou у
    oing?(?=[^aeiouy]|$) уен oi(?=[sxtd]*$) уа oyes?$ уа oy(?=V) уай o[iy] уа oî уа
    oë оє
    iens?$ йен ien(?=[cdst]|$) йен ienn йенн
    [aeé]ins?(?=$) ен aing?[st]?$ ен ein[st]?$ ен
    um(?=[bp]) ем aim(?=[bp]|$) ем ain(?=C|$)(?!n) ен ein(?=C|$)(?!n) ен
    [iy]ns?$ ен [iy]m(?=[bp]) ем [iy]n(?=[^aeéèêioôuyâîhnï]) ен
    uns?$ ен un(?=[^aeéèêioôuyân]) ен
    ans?$ ан ants?$ ан ands?$ ан ancs?$ ан angs?$ ан amps?$ ан am(?=[bp]) ам
    ents?$ ан ens$ ан en$ ен em(?=[bp]) ам en(?=[^aeéèêioôuyânh]) ан
    onts?$ он onds?$ он ongs?$ он oms?$ он om(?=[bp]) ом
    ay(?=[aoue]) ай ey(?=[aoue]) ей ai[est]*$ е ay(?=C|$) е ey$ е e[iy] е ai е aî е
    uy(?=V) юй ui юї
    iers?$ йе i(?=[eèéê][^s$]) й (?<=V)y(?=V) й (?<=V)i(?=V) й ies?$ і ées?$ е és$ е
    (?<=V)ï ї
    (?<=[cg])ers$ е (?<=[cg])er$ е ez$ е ets?$ е êts?$ е eds?$ е
    ues?$ ю
    lles?$ ль les?$ ль nnes?$ нн
    (?<=[bcdfgjklmnpqrstvxzhç])es?$ 0 es$ 0 e$ 0
    (?<=r)[dts]s?$ 0 (?<=r)cs$ к (?<=V)ts?$ 0 ds?$ 0 (?<=V)s$ 0 (?<=V)[xz]$ 0 ps?$ 0
    (?<=n)[ct]s?$ 0 (?<=C)s$ 0
    (?<=[aeiouyéèêâîôûëï])s(?=[aeiouyéèêâîôûë]) з
    ^x кс (?<=V)x(?=V) кс h 0 u ю û ю ü ю ù у y і œ е w в k к
""", then="""
    йй(?![аеиіоу]) й льл лль ([бвгдкпфт][лр])йе \\1іє
    льль лль
""", small="""
    sur сюр sous су en ан et е aux о au о à а le ле la ла les ле lès ле lez ле de де
    du дю des де d д l л près пре lèz ле
""", whole="""
    saint сен sainte сент saintes сент st сен ste сент mer мер ville віль
    cap кап jean жан saône сон vosges вож brieuc бріє comte конт marseille марсель
    lille лілль cher шер fort фор auber обер sept сет alpes альп
""", soft_l=True)

# Italian: § 129 and custom; c, g, sc by the vowel that follows, gn as нь, gli as льї.
_ITALIAN = Language("""
    gli(?=[aeou]) льй gli льї gn(?=V) ньй
    sci(?=[aou]) ш sc(?=[ei]) ш sch ск cch кк ch к ggh гг gh г
    cci(?=[aou]) чч ci(?=[aou]) ч cc(?=[eièéì]) чч c(?=[eièéì]) ч cci чі
    ggi(?=[aou]) дж gg(?=[ei]) дж gi(?=[aou]) дж g(?=[eièéì]) дж
    qu кв gu(?=[aeo]) гв gu гу zz цц z ц
    (?<=V)s(?=V) з ^s(?=[bdgmlvr]) з
    ^h 0 j й x кс y і
    ia$ ія io$ іо ie$ іє
    (?<=[aeo])i(?=V) й (?<![qg])ui(?=V) уй (?<=[aeo])i$ й ^ia я ^ie є ^io йо
    (?<=[bpmf])i(?=[aeo]) й (?<=v)i(?=e) й (?<=ch)i(?=[aeou]) й
""", small="""
    di ді del дель della делла dello делло dei дей degli дельї delle делле dell делл
    da да dal даль al аль alla алла alle алле nel нель nell нелл nella нелла
    sul суль
    sulla сулла sull сулл in ін con кон d д e е ed ед per пер a а l л
    la ла le ле
""", whole="brescia брешія lucia лучія", soft_l=True)

# Spanish: § 129 and custom; j as х, ll as ль, ñ as нь.
_SPANISH = Language("""
    ción$ сьйон ^ciud сьюд
    ch ч tx ч ^ll(?=o) ль ll(?=V) льй ll ль ñ(?=V) ньй ñ нь rr рр qu(?=[eiéí]) к
    gu(?=[eiéí]) г gü гу
    c(?=[eiéí]) с g(?=[eiéí]) х j х z с h 0 ç с
    ía$ ія ia$ ія í і ^ie є (?<=[bcdfgpt]r)ie іє
    (?<=C)i(?=[eé]) й (?<=[aeouáéó])(?<![qg]u)[iy](?=V) й
    (?<=[aeouáéó])(?<![qg]u)[iy](?=C|$) й
    (?<=C)y(?=V) й ^y(?=V) й y$ і
    x кс
""", then="йй й", small="""
    de де del дель la ла el ель los лос las лас y і en ен d д l л al аль da да do до
    des дес els елс les лес i і dos дос das дас
""", whole="santiago сантьяго sebastián себастьян", soft_l=True)

# Galician: as Spanish, but x as ш.
_GALICIAN = Language("""
    ch ч ll(?=V) льй nh н ñ(?=V) ньй rr рр qu(?=[eiéí]) к gu(?=[eiéí]) г gü гу
    c(?=[eiéí]) с g(?=[eiéí]) х j х z с h 0 x ш
    ía$ ія ia$ ія (?<=C)i(?=[eé]) й (?<=[aeouáéó])(?<![qg]u)i(?=C|$) й
    (?<=[aeoáéó])i(?=V) й
""", small="""
    de де do ду da да dos дос das дас a а o о e е la ла el ель y і del дель
""", whole="santiago сантьяго", soft_l=True)

# Catalan: custom; j and g as ж, x as ш, ny as нь, o always о.
_CATALAN = Language("""
    tx ч tg(?=[ei]) дж tj дж ny(?=V) ньй ny нь l·l лл ^ll(?=o) ль ll(?=V) льй ll ль
    ix(?=V|$) ш
    uig$ уч aig$ ач eig$ еч oig$ оч ss сс (?<=V)s(?=V) з ç с c(?=[eiéíè]) с
    g(?=[eiéíè]) ж j ж qu(?=[eiéíè]) к qu кв gu(?=[eiéíè]) г gü гу h 0 x ш
    ia$ ія (?<=[aeou])(?<![qg]u)i(?=C|$) й (?<=[aeo])i(?=V) й (?<=V)ï ї rr рр
""", small="""
    de де del дель la ла el ель els елс les лес i і d д l л dels дельс des дес sa са
    ses сес
    y і los лос las лас
""", soft_l=True)

# Basque: custom; tx as ч, z as с, x as ш.
_BASQUE = Language("""
    tx ч tz ц ts ц x ш z с j х h 0 ñ(?=V) ньй ll(?=V) льй rr рр g г
    ia$ ія (?<=[aeou])i(?=C|$) й (?<=V)i(?=V) й
    c(?=[ei]) с qu к
""", small="de де eta ета del дель la ла", soft_l=True)

# Portuguese of Portugal: s before a consonant and at the end is ш.
_PORTUGUESE = Language("""
    lh(?=V) льй nh(?=V) ньй ch ш ç с c(?=[eiéíê]) с g(?=[eiéíê]) ж j ж
    qu(?=[eiéíê]) к qu кв gu(?=[eiéíê]) г
    rr рр ss сс (?<=V)s(?=V) з s(?=[bdgvmnlr]) ж s(?=C|$) ш z$ ш h 0 x ш
    ãe айн ães$ айнш õe ойн ão ан ã ан õ он
    [aáâ]m$ ан [eéê]m$ ен [ií]m$ ін [oó]m$ он [uú]m$ ун [eé]ns$ еньш
    ou о os$ уш o$ у eia$ ея aia$ ая ia$ ія io$ іу (?<=[aeo])i(?=[mn]) ї
    (?<=[aeouáéó])(?<![qg]u)i(?=C|$) й
    (?<=[aeo])i(?=V) й e$ е
""", small="""
    de ді do ду da да dos душ das даш e і a а o у
""")

# Dutch: the rules of the Netherlands (2010); л stays hard.
_DUTCH = Language("""
    sch(?=V|r) сх sch$ с sch сх ch х ckx кс (?<=V)ck(?=V) кк ck к
    eeuw еув ieuw ів ouw ау auw ау
    aay ай ay ай oy ой oi ой aai ай ooi ой oei уй eij ей ij ей ui ей uy ей ei ей ey ей
    ou ау au ау
    oe у ie і eu е ae а aa а ee е oo о uu ю
    th т ph ф qu кв c(?=[eiy]) с sj ш tj ть
    (?<=C)j й x кс y і gh г u(?=rg|r|tr|n|l) у u ю w в z з
""", small="""
    aan ан den ден de де der дер op оп in ін van ван bij бей het гет t т s 0 en ен
    ter тер ten тен onder ондер over овер a ан d де
""", whole="""
    sint сінт utrecht утрехт maastricht маастрихт
""")

# Swedish: k and g before a front vowel at the beginning, -köping, o as у at the
# end of a word and in -bro, -bo.
_SWEDISH = Language("""
    th т köping чепінг ^kä ч ^kö ше ^ky чю ^gä є ^gö йо ^gi ї
    skj ш stj ш ^sj ш ^sk(?=[eiyäö]) ш ^y і ^tj ч ^hj й ^lj й ^dj й ^gj й
    öö е ch ш ck(?=V) кк ck к qv кв hv в å о ä е ö е y ю z с
    o$ у bro(?=C|$) бру bo(?=$) бу torp турп
    (?<=r)g$ г l(?=j) ль
""", then="йй й карльс карлс", small="och ок i і", whole="borås бурос", soft_l=True)

# Danish: custom; the d of nd and ld is not heard (Раннерс, Роскілле).
_DANISH = Language("""
    th т aa о å о æ е ø е y ю nd(?=C|$|e) нн ld(?=C|$|e|i) лл hv в hj й ^sj ш
    c(?=[eiyæø]) с ^ch ш ch к ck кк ej ай øj ой av(?=C|$) ав skj ск z с
""", small="og ог i і", soft_l=True)

# Norwegian: custom; the d of nd is not heard (Крістіансанн).
_NORWEGIAN = Language("""
    th т fjord фйорд skj ш ^sj ш sj(?=ø) ш ^sk(?=[iyø]) ш kj х nd(?=[nh]) н ^gj й
    ^hj й ^lj й hv в
    ei ей øy ей au еу å о aa о ø е æ е y ю nd(?=C|$) нн ld(?=$) лл z с ck кк ch к
    o(?=rd) у
""", small="og ог i і", whole="bodø буде")

# Icelandic: custom; á as ау, æ as ай.
_ICELANDIC = Language("""
    á ау é є í і ó оу ú у ý і y і ö е æ ай ð д þ т au ей ei ей ey ей hv кв ur$ юр
    u у ll(?=$) дль fn бн
""", small="og ог")

# Faroese: by its sounds.
_FAROESE = Language("""
    á о ó оу í уй ú у ý уй ð 0 ø е æ е ei ай ey ей oy ой
""")

# Turkish: custom; c as дж, ğ as г, h as х, ı as и.
_TURKISH = Language("""
    c дж ç ч ğ г ^ı і ı и j ж ^ö е ö ьо ^ü у ü ю ş ш h х â я
    (?<=V)y(?=C|$) й y й
""", then="""
    ([жчшджкбпвмфхйр])ьо \\1е
""", nine=False)

# Albanian: custom; ë at the end as а (Вльора, Корча).
_ALBANIAN = Language("""
    dh д gj(?=[iea]) г gj дж q к sh ш th т xh дж zh ж x дз nj нь ll л ç ч c ц
    l(?=[uë]) ль h х ër$ ер ë$ а ë е y ю rr рр
""", small="e е i і", whole="gjirokastër гірокастра vlorë вльора", nine=False,
    soft_l=True)

# Maltese: by its sounds; għ is not heard, x is ш.
_MALTESE = Language("""
    għ 0 ħ х x ш ġ дж ċ ч ż з z ц q к j й w в ie і h г
""", small="il іль l ль is іс ir ір ta та san сан")

# English: §§ 123-129; a modest table, as English is not read by its letters.
_ENGLISH = Language("""
    ^wey вей ^hey гей ^ley лей ey(?=C) і borough боро ough$ о ough о burgh$ бург
    brough бро
    ^wh в sham$ шем ham$ гем
    gh(?=am$|all|orn) г shill$ сгілл worcester вустер cester стер ceister стер
    minster мінстер chester честер
    mouth$ мут stone$ стоун stead$ стед ford$ форд field$ філд land$ ленд wood$ вуд
    worth$ ворт wich$ віч wick$ вік age$ ідж gu(?=[ei]) г all$ олл well$ велл
    ton$ тон bury$ бері
    ley$ лі ly$ лі by$ бі sey$ сі ney$ ні key$ кі ry$ рі ty$ ті ny$ ні y$ і ey$ і
    sea сі mill мілл hill гілл port порт bridge(?!nd) бридж brook брук church черч
    bourne$ борн down даун town таун castle касл head$ гед gate$ гейт house гауз
    shire шир stock сток stoke$ сток stow стоу cliff кліфф dale$ дейл vale вейл
    lake лейк
    hall голл combe кум tree трі green грін over овер sh ш ch ч tch тч th(?=am) тг
    th т ph ф
    gh 0 kn н wr р qu кв ck к
    igh ай ee і ea і oo у ou ау oa оу ow оу oi ой oy ой ai ей ay ей au о aw о
    ew(?!e) ю
    ie і ei ей eigh ей
    ^war вор ^wal вол ^wat вот ^wa(?=s) во ^wan вон ^wor вор ^new нью ^y(?=[aeou]) й
    shead$ сгед
    a(?=[bdfgklmnprstvz]e(?:$|s$|field|ham|ton|ley|by)) ей
    i(?=[bcdfghjklmnpqrstvwz]e$) ай
    o(?=[bcdfghjklmnpqrstvwz]e$) о u(?=[bcdfghjklmnpqrstvwz]e$) ю
    (?<=C)e(?:$|(?=field|ham|ton|ley|bury|ford|wood|well|mouth)) 0 er ер ar ар or ор
    ir ір ur ер
    a(?=CC) е a(?=C$) е u(?=C) а
    c(?=[eiy]) с g(?=e$) дж j дж x кс y і z з
""", small="""
    upon апон on он the те of оф and енд in ін le ле by бай under андер next некст
    with віт de де la ла cum кам
""", whole="""
    st сент st. сент saint сент north норт south саут east іст west вест new нью
    great грейт little літтл upper аппер lower ловер high гай old олд long лонг
    park парк bay бей john джон julian джуліан paul пол pauls полс saviour сев’єр
    helier гелієр james джеймс mary мері peter пітер michael майкл lawrence лоренс
    andrews ендрюс andreas андреас
""")

# Welsh, as far as it is read otherwise than English.
_WELSH = Language("""
    dd д ff ф f в ll лл ch х rh р th т ph ф w(?=[aeiouy]) в w у y і si(?=[aeou]) ш
    ŵ у c к
""", small="y і yr ір ar ар")

# Greek in Latin letters, where its own spelling is not known.
_GREEK_LATIN = Language("""
    ch х th т ph ф ou у oú у gk нг ps пс mp мп nt нт ei і oi і ai е
    c к z з (?<=V)i(?=V) й (?<=[aeouáéó])i(?=C|$) й y і x кс ia$ ія
""")

# Georgian in the Latin letters of 2002.
_GEORGIAN_LATIN = Language("""
    zh ж ch ч sh ш kh х gh г ts ц dz дз c ц i і q к j дж
""", nine=False)

# Bulgarian in the Latin letters of 2009.
_BULGARIAN_LATIN = Language("""
    sht шт zh ж ch ч sh ш ts ц yu ю ya я y й h х ia$ ія i и
""", nine=False, slavic=True)

# Macedonian in Latin letters.
_MACEDONIAN_LATIN = Language("""
    ci$ ці ca$ ця ec$ ець ski$ ський ij ій lj ль nj нь dž дж zh ж ch ч sh ш ḱ к ǵ г
    c ц č ч š ш ž ж i и h х kj к gj г
""", nine=False, slavic=True)


# Bulgaria: § 146; ъ as и, щ as шт; и before a vowel as і.
_BULGARIAN = Language("""
    ски$ ський ци$ ці ^и і (?<=[аеоуъ])и ї и(?=[аеоуюяй]) і ^е є (?<=[аеиоуюяъ])е є
    щ шт ъ и
    ца$ ця ец$ ець с(?=к[аоеи]?$) сь и и
""", then="лськ льськ", small="над над на на при при и і", nine=False, slavic=True)

# Serbia and Montenegro: § 146; и stays и, ије is іє.
_SERBIAN = Language("""
    ски$ ський ^доњи$ доній ^горњи$ горній љи(?!ца$) лі ије іє ице$ иці ци$ ці ји ї
    ^и і (?<=[аеоу])и ї и(?=ј) і и и ј й љ ль њ нь ђ дж ћ ч џ дж
    ца$ ця ац$ аць ец$ ець с(?=к[аоеи]?$) сь
""", then="лськ льськ", small="на на над над код код у у и і", nine=False, slavic=True)

# North Macedonia: § 146; ѓ as г, ќ as к.
_MACEDONIAN = Language("""
    ски$ ський ци$ ці ји ї ^и і (?<=[аеоу])и ї и(?=ј) і и и ј й љ ль њ нь ѓ г ќ к
    ѕ дз џ дж
    ца$ ця ец$ ець с(?=к[аоеи]?$) сь
""", then="лськ льськ", small="на на и і", nine=False, slavic=True)

# Greek: as it is heard today; η, ι, υ, ει, οι as і, but ри before a consonant.
_GREEK = Language("""
    ^μπ б μπ мб ^ντ д ντ нд ^γκ г γκ нг γγ нг γχ нх τσ ц τζ дз
    [αά][υύ](?=[βγδζλμνραεηιουω]) ав [αά][υύ] аф [εέ][υύ](?=[βγδζλμνραεηιουω]) ев
    [εέ][υύ] еф
    ^γι(?=[αάοό]) й α[ιί]α$ ея ο[υύ] у α[ιί] е [εο][ιί] і υι і [εέ]α$ ея [ιί]α$ ія
    [αά] а β в γ г δ д [εέ] е ζ з ρ[ηήιίυύ](?=[^αάεέηήιίοόυύωώ]) ри [ηήιίυύϊΐϋΰ] і
    θ т κ к λ л μ м ν н ξ кс [οόωώ] о
    π п ρ р [σς] с τ т φ ф χ х ψ пс
""")

# Georgian: letter by letter.
_GEORGIAN = Language("""
    (?<=[აეოუ])ი ї
    ა а ბ б გ г დ д ე е ვ в ზ з თ т ი і კ к ლ л მ м ნ н ო о პ п ჟ ж რ р ს с ტ т უ у
    ფ п ქ к ღ г ყ к შ ш ჩ ч ც ц ძ дз წ ц ჭ ч ხ х ჯ дж ჰ г
""", nine=False)

OWN_SCRIPT = {"bg": _BULGARIAN, "sr": _SERBIAN, "cnr": _SERBIAN,
              "mk": _MACEDONIAN, "el": _GREEK, "ka": _GEORGIAN}

LATIN = {
    "pl": _POLISH, "cs": _CZECH, "sk": _SLOVAK, "hr": _CROATIAN, "bs": _CROATIAN,
    "sl": _SLOVENE, "sr": _SERBIAN_LATIN, "cnr": _SERBIAN_LATIN, "lt": _LITHUANIAN,
    "lv": _LATVIAN, "et": _ESTONIAN, "fi": _FINNISH, "ro": _ROMANIAN,
    "hu": _HUNGARIAN, "de": _GERMAN, "lb": _GERMAN, "fr": _FRENCH, "it": _ITALIAN,
    "rm": _ITALIAN, "es": _SPANISH, "gl": _GALICIAN, "ca": _CATALAN,
    "ca-valencia": _CATALAN, "eu": _BASQUE, "pt": _PORTUGUESE, "nl": _DUTCH,
    "fy": _DUTCH, "sv": _SWEDISH, "da": _DANISH, "no": _NORWEGIAN,
    "is": _ICELANDIC, "fo": _FAROESE, "tr": _TURKISH, "sq": _ALBANIAN,
    "mt": _MALTESE, "cy": _WELSH, "en": _ENGLISH, "el": _GREEK_LATIN,
    "ka": _GEORGIAN_LATIN, "bg": _BULGARIAN_LATIN, "mk": _MACEDONIAN_LATIN,
}


# Adjectives that are the same word in Ukrainian stand apart from their noun
# (§ 152: Зелена Гура, Новий Сад, Банська Бистриця); all else is joined.
_APART = re.compile("(?:нов|стар|зелен|велик|мал)(?:ий|а|е|і)|горна|"
                    ".+[сц]ьк(?:ий|а|е|і)")
_ADJECTIVE = re.compile("(.+[сц]ьк|нов|стар|мал|велик)[иі]")
_POLISH_ADJECTIVE = re.compile("(.+[нтлвж])и")
_MARKS_BETWEEN = re.compile(r"([\s\-–.,]+|['’ʼ`‘]\s*)")
# Where the t of saint is heard.
_LIAISON = re.compile(r"\bsaint(?=[-\s][aeiouyéèêâœh])")
# Languages where an apostrophe is inside a word, and not between two.
_WHOLE_WORDS = {"en", "ka", "mt", "is"}


def _with_adjectives(words, polish):
    """Adjectives of a Slavic name with their Ukrainian endings: -ий, and -і
    beside a noun in the plural."""
    if len(words) == 1:
        return words
    done = []
    for i, word in enumerate(words):
        near = words[max(i - 1, 0):i] + words[i + 1:i + 2]
        plural = any(re.search("[иі]$", other) for other in near)
        masculine = _ADJECTIVE.fullmatch(word)
        if polish and not plural:
            masculine = masculine or _POLISH_ADJECTIVE.fullmatch(word)
        if masculine and not any(other.endswith("е") for other in near):
            word = masculine[1] + ("і" if plural and not polish else "ий")
        elif plural and re.fullmatch("(?:.+[сц]ьк|нов|стар|велик|мал)е", word):
            word = word[:-1] + "і"
        done.append(word)
    return done


def _joined(words, small, slavic):
    """The words of a name with hyphens, blanks and capitals."""
    apart = (slavic and not any(small)
             and all(_APART.fullmatch(word) for word in words[:-1]))
    name = ""
    for i, (word, joins) in enumerate(zip(words, small, strict=True)):
        if i and not name.endswith("’"):
            name += " " if apart else "-"
        name += word if joins and i else word[:1].upper() + word[1:]
    return name


def transcribe(name, language, own_script=""):
    """A name in Ukrainian letters; the spelling in the language's own script
    goes before that in Latin letters."""
    if re.match("[Ѐ-ӿ]", name):
        own_script = name
    table = OWN_SCRIPT.get(language) if own_script else None
    written = own_script if table else name
    table = table or LATIN[language]
    written = re.sub(r"\s*\(.*?\)", "", unicodedata.normalize("NFC", written))
    written = re.split(r"\s*/\s*", written)[0]
    if language == "tr":
        written = written.replace("İ", "i").replace("I", "ı")
    written = written.lower()
    if language == "fr":
        written = _LIAISON.sub("sainte", written)
    if language in _WHOLE_WORDS:
        written = re.sub("['’ʼ`‘]", "", written)
    parts = _MARKS_BETWEEN.split(written)
    words, small = [], []
    for word, mark in zip(parts[::2], parts[1::2] + [""], strict=True):
        heard = table.read(word)
        if not heard:
            continue
        if mark[:1] in ("'", "’", "ʼ", "`", "‘"):
            heard += "’"
        words.append(heard)
        small.append(table.is_small(word))
    if table.slavic:
        words = _with_adjectives(words, table is _POLISH)
    return _joined(words, small, table.slavic)
