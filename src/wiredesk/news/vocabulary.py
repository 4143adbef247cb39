"""Words that carry a fact in the main languages of the wires, as data, in lower case: number words, negations, days.

Left out is what is an everyday word of another of these languages: Danish `to`, Swedish `sex`, Italian `due`.
"""

from __future__ import annotations


def _values(**lists: str) -> dict[str, str]:
    """Number words to their value, so that "three" written as "3" has not changed."""
    return {word: value.lstrip("v") for value, words in lists.items() for word in words.split()}


NUMBERS = _values(
    v0="zero null cero nul noll ноль μηδέν صفر אפס शून्य",
    v2="two zwei deux dos dois duas twee två kaksi dwa dwie dva dvě два две δύο iki اثنان اثنين שני שתי दो",
    v3="three drei trois tres três drie tre kolme trzy tři три τρεις τρία üç ثلاثة שלושה תלת तीन",
    v4="four vier quatre cuatro quattro quatro fyra neljä cztery čtyři четыре чотири τέσσερις dört أربعة ארבעה चार",
    v5="five fünf cinq cinco cinque vijf fem viisi pięć pět пять п'ять πέντε beş خمسة חמישה पांच पाँच",
    v6="six sechs seis zes seks kuusi sześć šest шесть шість έξι altı ستة שישה छह",
    v7="seven sieben sept siete sette sete zeven sju syv seitsemän siedem sedm семь сім επτά yedi سبعة שבעה सात",
    v8="eight acht huit ocho oito åtta otte åtte kahdeksan osiem osm восемь вісім οκτώ sekiz ثمانية שמונה आठ",
    v9="nine neun neuf nueve nove negen nio yhdeksän dziewięć devět девять дев'ять εννέα dokuz تسعة תשעה नौ",
    v10="ten zehn dix diez dieci dez tien tio kymmenen dziesięć deset десять δέκα عشرة עשרה दस",
    v11="eleven elf onze undici elva elleve yksitoista jedenaście jedenáct одиннадцать одинадцять έντεκα",
    v12="twelve zwölf douze doce dodici doze twaalf tolv kaksitoista dwanaście dvanáct двенадцать дванадцять δώδεκα",
    v13="thirteen dreizehn treize trece tredici treze dertien tretton tretten тринадцать",
    v14="fourteen vierzehn quatorze catorce quattordici catorze veertien fjorton fjorten четырнадцать",
    v15="fifteen fünfzehn quinze quindici vijftien femton femten пятнадцать",
    v16="sixteen sechzehn seize dieciséis sedici dezesseis dezasseis zestien sexton seksten шестнадцать",
    v17="seventeen siebzehn dix-sept diecisiete diciassette dezessete zeventien sjutton sytten семнадцать",
    v18="eighteen achtzehn dix-huit dieciocho diciotto dezoito achttien arton atten восемнадцать",
    v19="nineteen neunzehn dix-neuf diecinueve diciannove dezenove negentien nitton nitten девятнадцать",
    v20="twenty zwanzig vingt veinte venti vinte twintig tjugo tyve dwadzieścia dvacet двадцать είκοσι yirmi",
    v30="thirty dreißig dreissig trente treinta trenta trinta dertig trettio tredive trzydzieści třicet тридцать otuz",
    v40="forty vierzig quarante cuarenta quaranta quarenta veertig fyrtio førti czterdzieści čtyřicet сорок kırk",
    v50="fifty fünfzig cinquante cincuenta cinquanta cinquenta vijftig femtio femti pięćdziesiąt padesát пятьдесят",
    v60="sixty sechzig soixante sesenta sessanta sessenta zestig sextio seksti sześćdziesiąt šedesát шестьдесят altmış",
    v70="seventy siebzig soixante-dix setenta settanta zeventig sjuttio sytti siedemdziesiąt семьдесят yetmiş",
    v80="eighty achtzig quatre-vingts ochenta ottanta oitenta tachtig åttio åtti osiemdziesiąt восемьдесят",
    v90="ninety neunzig quatre-vingt-dix noventa novanta negentig nittio nitti dziewięćdziesiąt девяносто",
    v100="hundred hundert hundreds cent cien ciento cento cem honderd hundra hundre sata sto сто εκατό yüz مئة מאה सौ",
    v1000="thousand tausend thousands mille mil mila duizend tusen tusind tuhat tysiąc tysiące tysięcy tisíc tisíce "
    "тысяча тысячи тысяч тисяч χίλια χιλιάδες ألف אלף हजार हज़ार",
    v1000000="million millions millionen millón millones milione milioni milhão milhões miljoen miljon miljoner "
    "millioner miljoona miljoonaa milion miliony milionów milionů миллион миллиона миллионов мільйонів εκατομμύρια "
    "milyon مليون מיליון",
    v1000000000="billion billions milliarde milliarden milliard milliards miliardo miliardi miljard miljarder "
    "milliarder miljardi miljardia miliard miliardy miliardów миллиард миллиарда миллиардов мільярдів milyar مليار",
    v1000000000000="trillion trillions billionen billón billones bilioni trilhão trilhões biljoen biljoner bilion "
    "триллион триллиона триллионов trilyon تريليون lakh",
    v10000000="crore",
    vdozen="dozen dozens dutzend douzaine docena docenas dozzina dúzia dozijn dussin",
    vhalf="half hälfte moitié mitad metà metade helft hälften halvdelen puolet połowa polovina половина",
    vquarter="quarter viertel",
    vdouble="double doubled twice doppelt doble doppio dobro dubbel вдвое",
    vtriple="triple tripled thrice dreifach verdreifacht",
    vfirst="first erste ersten erster premier première primera primero primeira primeiro prima primo первый первая",
    vsecond="second zweite zweiten zweiter deuxième seconde segunda segundo seconda secondo второй вторая",
    vthird="third dritte dritten dritter troisième tercera tercero terza terzo terceira terceiro третий третья",
)

NEGATIONS = frozenset(
    "not no never none nobody nothing nowhere neither nor without cannot "
    "nicht kein keine keinen keinem keiner keines nie niemals nichts niemand niemanden niemandem weder ohne "
    "ne pas jamais aucun aucune rien sans nul nulle "
    "nunca jamás ningún ninguno ninguna nadie nada ni sin tampoco "
    "non mai nessun nessuno nessuna niente nulla né senza "
    "não jamais nenhum nenhuma ninguém nem sem "
    "niet geen nooit niemand niets zonder "
    "inte ingen inget inga ingenting aldrig utan "
    "ikke intet ingenting aldri uden uten "
    "ei emme eivät eikä älä koskaan ilman "
    "nie nigdy bez żaden żadna żadne nikt "
    "není nejsou nikdy nikdo nebyl nebyla nebylo nebude "
    "nem sem soha nincs nélkül "
    "niciodată nimeni fără "
    "не нет ни без никогда никто ничего нельзя немає ніколи ніхто ні "
    "δεν δε μη μην όχι χωρίς ποτέ "
    "değil yok hayır hiç asla "
    "لا لم لن ليس ليست غير بدون دون "
    "לא אין בלי ללא מעולם "
    "نه نیست نیستند بدون هرگز "
    "नहीं न मत बिना कभी "
    "tidak bukan tanpa belum không chưa chẳng "
    "안 못 없이".split()
)
# Parts of words that deny, in scripts that part no words or put endings to them.
DENYING_PARTS = (
    "不",
    "没",
    "沒",
    "未",
    "无",
    "無",
    "非",
    "否",
    "ない",
    "ません",
    "なかった",
    "ず",
    "ไม่",
    "มิได้",
    "않",
    "없",
    "아니",
    "못하",
)

DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december yesterday today tomorrow "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz mai juni juli oktober "
    "dezember gestern heute morgen "
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre "
    "octobre novembre décembre hier aujourd'hui demain "
    "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre "
    "octubre noviembre diciembre ayer hoy "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio aprile maggio giugno luglio settembre "
    "ottobre dicembre ieri oggi domani "
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira janeiro fevereiro março maio junho julho setembro "
    "outubro dezembro ontem hoje amanhã "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei augustus gisteren vandaag "
    "måndag tisdag onsdag torsdag fredag lördag söndag igår idag imorgon mandag tirsdag lørdag søndag "
    "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela wczoraj dzisiaj jutro "
    "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье вчера сегодня завтра "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
) - {"may", "mars", "morgen", "mai", "mei", "august", "march"}

# A capitalised word after one of these is where something is or happened.
LOCATIVES = frozenset(
    "in at near from outside inside around across into toward towards "
    "bei aus nach vor im "
    "à au aux en dans depuis vers "
    "desde hacia hasta cerca "
    "a ad da di nel nella nei "
    "em no na nos nas ao "
    "te naar uit vanuit "
    "i på från ved fra "
    "w we z ze do "
    "в из на около "
    "στο στη στην".split()
)

# Words that begin a sentence with a capital and are no names.
BEGINNERS = frozenset(
    "the a an this that these those it he she they we you i his her its their our but and or so if when while as at "
    "in on by for from to of with after before since until although though because about there here who what why how "
    "however meanwhile moreover earlier later still yet also then now according despite during under over some many "
    "most more several all both each every no not only even just such another other others instead once again today "
    "officials authorities police people residents witnesses critics experts analysts researchers ministers lawmakers "
    "der die das den dem des ein eine einen einem einer und aber oder wenn als in im am auf bei nach vor mit von zu er "
    "sie es wir ich "
    "le la les un une des du de et mais ou si quand il elle ils elles nous je en dans à au aux par pour sur avec ce "
    "cette el los las una y pero o cuando él ella ellos ellas nosotros yo en de por para con según "
    "il lo gli i uno e ma se lui lei loro noi io nel per con da "
    "o os as um uma mas ele ela eles nós eu em no na para com "
    "het een en maar of hij zij wij ik op van voor met "
    "en ett och men han hon de vi jag på av för med det den".split()
)
# After these a full stop ends no sentence.
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st gen sen rep gov lt col sgt capt cmdr adm maj rev hon no nr vs etc inc ltd co corp jr sr "
    "jan feb mar apr jun jul aug sep sept oct nov dec m mm mme mlle sr sra srta dra ca bzw ggf sog art abs".split()
)
