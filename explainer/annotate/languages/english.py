"""English."""

from __future__ import annotations

import re

from explainer.annotate.languages.tables import Language, rows, words

_DEMONYMS = rows(
    """
    Afghanistan Afghan Afghans; Albania Albanian; Algeria Algerian; Andorra Andorran; Angola Angolan;
    Argentina Argentine Argentinian; Armenia Armenian; Australia Australian; Austria Austrian; Azerbaijan
    Azerbaijani; Bahamas Bahamian; Bahrain Bahraini; Bangladesh Bangladeshi; Barbados Barbadian; Belarus
    Belarusian; Belgium Belgian; Belize Belizean; Benin Beninese; Bhutan Bhutanese; Bolivia Bolivian;
    Bosnia_and_Herzegovina Bosnian; Botswana Botswanan; Brazil Brazilian; Brunei Bruneian; Bulgaria
    Bulgarian; Burkina_Faso Burkinabe; Burundi Burundian; Cambodia Cambodian; Cameroon Cameroonian; Canada
    Canadian; Chad Chadian; Chile Chilean; China Chinese; Colombia Colombian; Comoros Comorian; Congo
    Congolese; Costa_Rica Costa_Rican; Croatia Croatian Croat; Cuba Cuban; Cyprus Cypriot; Czech_Republic
    Czech; Denmark Danish Dane; Djibouti Djiboutian; Dominican_Republic Dominican; Ecuador Ecuadorian; Egypt
    Egyptian; El_Salvador Salvadoran; England English Englishman; Eritrea Eritrean; Estonia Estonian;
    Ethiopia Ethiopian; Fiji Fijian; Finland Finnish Finn; France French Frenchman; Gabon Gabonese; Gambia
    Gambian; Georgia Georgian; Germany German; Ghana Ghanaian; Greece Greek; Grenada Grenadian; Guatemala
    Guatemalan; Guinea Guinean; Guyana Guyanese; Haiti Haitian; Honduras Honduran; Hungary Hungarian;
    Iceland Icelandic; India Indian; Indonesia Indonesian; Iran Iranian; Iraq Iraqi; Ireland Irish Irishman;
    Israel Israeli; Italy Italian; Ivory_Coast Ivorian; Jamaica Jamaican; Japan Japanese; Jordan Jordanian;
    Kazakhstan Kazakh; Kenya Kenyan; Kosovo Kosovan; Kuwait Kuwaiti; Kyrgyzstan Kyrgyz; Laos Laotian; Latvia
    Latvian; Lebanon Lebanese; Lesotho Basotho; Liberia Liberian; Libya Libyan; Lithuania Lithuanian;
    Luxembourg Luxembourgish; Madagascar Malagasy; Malawi Malawian; Malaysia Malaysian; Maldives Maldivian;
    Mali Malian; Malta Maltese; Mauritania Mauritanian; Mauritius Mauritian; Mexico Mexican; Moldova
    Moldovan; Monaco Monegasque; Mongolia Mongolian; Montenegro Montenegrin; Morocco Moroccan; Mozambique
    Mozambican; Myanmar Burmese; Namibia Namibian; Nepal Nepalese Nepali; Netherlands Dutch Dutchman;
    New_Zealand New_Zealander; Nicaragua Nicaraguan; Niger Nigerien; Nigeria Nigerian; North_Korea
    North_Korean; North_Macedonia Macedonian; Northern_Ireland Northern_Irish; Norway Norwegian; Oman Omani;
    Pakistan Pakistani; Palestine Palestinian; Panama Panamanian; Paraguay Paraguayan; Peru Peruvian;
    Philippines Philippine Filipino; Poland Polish Pole; Portugal Portuguese; Puerto_Rico Puerto_Rican;
    Qatar Qatari; Romania Romanian; Russia Russian; Rwanda Rwandan; Saudi_Arabia Saudi Saudi_Arabian;
    Scotland Scottish Scot; Senegal Senegalese; Serbia Serbian Serb; Sierra_Leone Sierra_Leonean; Singapore
    Singaporean; Slovakia Slovak; Slovenia Slovenian Slovene; Somalia Somali; South_Africa South_African;
    South_Korea South_Korean; South_Sudan South_Sudanese; Soviet_Union Soviet; Spain Spanish Spaniard;
    Sri_Lanka Sri_Lankan; Sudan Sudanese; Suriname Surinamese; Sweden Swedish Swede; Switzerland Swiss;
    Syria Syrian; Taiwan Taiwanese; Tajikistan Tajik; Tanzania Tanzanian; Thailand Thai; Tibet Tibetan; Togo
    Togolese; Tunisia Tunisian; Turkey Turkish Turk; Turkmenistan Turkmen; Uganda Ugandan; Ukraine
    Ukrainian; United_Arab_Emirates Emirati; United_Kingdom British Briton; United_States American; Uruguay
    Uruguayan; Uzbekistan Uzbek; Venezuela Venezuelan; Vietnam Vietnamese; Wales Welsh Welshman; Yemen
    Yemeni; Zambia Zambian; Zimbabwe Zimbabwean; Africa African; Asia Asian; Europe European; Yugoslavia
    Yugoslav; Czechoslovakia Czechoslovak; Catalonia Catalan; Chechnya Chechen; Crimea Crimean; Kurdistan
    Kurdish; Sicily Sicilian; Bavaria Bavarian; Texas Texan; California Californian; Paris Parisian
    """
)

ENGLISH = Language(
    code="en",
    has_tables=True,
    particles=words(
        "al el bin ibn abu abd de del della di da dos du la le van von der den ter zu zur y of the ben bint ould dal"
    ),
    suffixes=re.compile(r"(?i:jr\.?|sr\.?|md|phd|esq\.?)|[IVX]{2,}|V"),
    articles=("the ", "al-", "el-", "a ", "an "),
    royal_titles=("King", "Queen", "Emperor", "Empress", "Pope", "Sultan", "Emir", "Prince", "Princess", "Tsar"),
    nicknames=tuple(
        frozenset(group.split())
        for group in (
            "alexander alex sandy",
            "andrew andy drew",
            "anthony tony",
            "barbara barb",
            "benjamin ben",
            "catherine cathy kate",
            "charles charlie chuck",
            "christopher chris",
            "daniel dan danny",
            "david dave",
            "deborah debbie",
            "donald don",
            "edward ed eddie ted",
            "elizabeth liz beth betty",
            "eugene gene",
            "francis frank",
            "frederick fred",
            "gerald gerry jerry",
            "gregory greg",
            "henry harry hank",
            "jacob jake",
            "james jim jimmy jamie",
            "jeffrey jeff",
            "jennifer jen jenny",
            "john jack johnny",
            "jonathan jon",
            "joseph joe",
            "joshua josh",
            "kenneth ken",
            "lawrence larry laurence",
            "leonard len leo",
            "margaret maggie peggy",
            "matthew matt",
            "michael mike mick",
            "nathaniel nathan nate",
            "nicholas nick nicky",
            "patrick pat paddy",
            "peter pete",
            "philip phillip phil",
            "raymond ray",
            "rebecca becky",
            "richard dick rick rich",
            "robert bob bobby rob",
            "ronald ron",
            "samuel sam",
            "stephen steven steve",
            "susan sue",
            "theodore ted teddy",
            "thomas tom tommy",
            "timothy tim",
            "victoria vicky",
            "vincent vince",
            "walter walt",
            "william bill billy will",
        )
    ),
    spellings=(
        ("Centre", "Center"),
        ("Organisation", "Organization"),
        ("Defence", "Defense"),
        ("Labour", "Labor"),
        ("Theatre", "Theater"),
        ("Programme", "Program"),
        ("Harbour", "Harbor"),
        ("Saint", "St."),
        ("Saint", "St"),
        ("Mount", "Mt."),
        ("and", "&"),
        ("Fort", "Ft."),
    ),
    well_known={
        "United States": ("U.S.", "US", "USA", "U.S.A."),
        "United Kingdom": ("UK", "U.K.", "Britain"),
        "Great Britain": ("Britain",),
        "Netherlands": ("Holland",),
        "Côte d'Ivoire": ("Ivory Coast",),
        "Myanmar": ("Burma",),
        "Czech Republic": ("Czechia",),
        "Turkey": ("Türkiye",),
        "Türkiye": ("Turkey",),
        "United Nations": ("UN", "U.N."),
        "European Union": ("EU", "E.U."),
        "United Arab Emirates": ("UAE", "U.A.E."),
        "Soviet Union": ("USSR", "U.S.S.R."),
        "World War II": ("Second World War", "WWII"),
        "World War I": ("First World War", "WWI"),
    },
    demonyms=_DEMONYMS,
    peoples=frozenset(form for forms in _DEMONYMS.values() for form in forms),
    compounds=words(
        """agreement alliance axis border ceasefire ceasefires conflict cooperation deal dispute frontier negotiations peace
        relations relationship rivalry summit talks tensions ties trade treaty truce war wars"""
    ),
    numbers=(
        ("One", "1", "I", "First", "1st"),
        ("Two", "2", "II", "Second", "2nd"),
        ("Three", "3", "III", "Third", "3rd"),
        ("Four", "4", "IV", "Fourth", "4th"),
        ("Five", "5", "V", "Fifth", "5th"),
        ("Six", "6", "VI", "Sixth", "6th"),
        ("Seven", "7", "VII", "Seventh", "7th"),
        ("Eight", "8", "VIII", "Eighth", "8th"),
        ("Nine", "9", "IX", "Ninth", "9th"),
        ("Ten", "10", "X", "Tenth", "10th"),
    ),
    of="of",
    the="the",
    ministries=frozenset({"Department", "Ministry"}),
    prepositions=frozenset({"of", "for", "in", "on", "against"}),
    states=("People's Republic of", "Islamic Republic of", "Arab Republic of", "Republic of", "Kingdom of", "State of"),
    past_states=("Kingdom ",),
    waters=words("Sea Ocean"),
    places=words(
        """Province District County Governorate Municipality Region Department Prefecture Canton Oblast Krai Parish
        Township Borough Mountain Mountains River Lake Island Islands Peninsula Valley Desert Road Street Plateau"""
    ),
    legal=re.compile(
        r",? (?:Inc|Ltd|Limited|LLC|LLP|PLC|plc|Corp|Corporation|Company|Co|S\.?A|AG|GmbH|SE|NV|N\.V|SpA|S\.p\.A|AB"
        r"|A/S|ASA|Oyj|and Company|& Co)\.?$"
    ),
    adjective=re.compile(r"(?:ish|ese|an|ic|al|ern|ary)\Z"),
    generic=words(
        """Academy Administration African Agency Air Airlines Airways American Arab Army Asian Association Authority
        Automobile Aviation Bank Board Brake British Broadcasting Brothers Bureau Business Catholic Center Central Centre
        Championship Church City Club College Commission Committee Community Company Conference Congress Corporation
        Council County Court Defence Defense Democratic Department Development East Eastern Economic Education Energy
        European Exchange Express Federal Federation Financial First Food Football Force Forces Foundation Fourth Free
        French Front Fund General German Global Government Group Guard Health High Hockey Holdings Hospital House Human
        Independent Industrial Industries Institute Intelligence Inter International Investment Islamic Joint Journal
        Labour Law League Liberal Liberation Library Life Local Locomotive Machine Manufacturing Marine Media Medical
        Metropolitan Military Ministry Motor Motors Movement Municipal Museum Music National Naval Navy Network New News
        North Northern Nuclear Office Oil Orchestra Organisation Organization Pacific Partners Party People's Petroleum
        Pictures Police Political Polytechnic Port Post Power Press Private Pro Productions Public Publishing Radio Rail
        Railroad Railway Railways Records Red Regional Republican Research Resources Revolutionary Royal Rugby School
        Science Sciences Second Security Senate Service Services Social Society Solutions South Southern Space Special
        Sports State States Steel Strategic Studies Studios Supreme Systems Team Technical Technologies Technology
        Telecommunications Telegraph Television Third Times Trade Transport Transportation Trust Tribune Union United
        Universal University Upper Water West Western Women's Workers Workers' Works World Young Youth of for the and"""
    ),
    bare_heads=words("Congress Parliament"),
    titles=words(
        """mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess emperor empress pope saint st
        president vice minister premier chancellor governor gov senator sen representative rep congressman congresswoman
        mayor judge justice ambassador secretary spokesman spokeswoman spokesperson general gen brigadier brig colonel col
        major maj captain capt lieutenant lt sergeant sgt admiral adm commander commodore marshal sheikh imam ayatollah
        rabbi father sister brother mother bishop archbishop cardinal reverend rev coach manager director chairman
        chairwoman chair chief officer detective inspector author actor actress singer producer foreign defence defense
        finance interior prime deputy former attorney solicitor agent member botanist economist analyst journalist
        reporter correspondent editor columnist striker midfielder defender goalkeeper quarterback driver rapper leader
        republican democrat democratic private pvt corporal cpl superintendent constable baron baroness count countess
        minority majority press whip ceo cfo coo cto pm mp mep ex
        duke duchess earl viscount tsar sultan emir crown speaker treasurer sheriff envoy police executive"""
    ),
    function_words=words(
        """a after again all also although among an and another any are as at be because been before being between both
        but by can could did do does during each either even every few for from had has have he her here hers him his
        how however if in indeed into is it its last later like many may meanwhile might more most much must my neither
        never next no nor not now of off on once one only or other our out over own perhaps same she should since so
        some still such than that the their them then there these they this those though through thus to today too two
        under until up upon us very was we were what when where whether which while who whom whose why will with without
        would yet you your according including despite following unlike besides monday tuesday wednesday thursday friday
        saturday sunday january february march april june july august september october november december mon tue wed
        thu fri sat sun jan feb mar apr jun jul aug sept sep oct nov dec born three four five six seven eight nine ten
        against around within when's whatever although nearby neighbouring neighboring both"""
    ),
    directions=words(
        "North South East West Northern Southern Eastern Western Central Upper Lower Middle Inner Outer Native"
    ),
    institutions=words(
        """university college school academy institute bank museum library church cathedral diocese archdiocese bishop
        battle treaty siege embassy consulate duchy county kingdom chamber bishopric port society journal ministry
        department council"""
    ),
    connectors=re.compile(r"([^\W\d_][\w.'’-]*) (?:of|for) (?:the )?\Z"),
    connecting_words=frozenset({"of", "for", "the"}),
    in_brackets=("also ", "or ", "the "),
    definite=("the ",),
    locative=re.compile(
        r"\b(?:in|at|from|near|to|into|across|throughout|outside|inside|within|around|via|north|south|east|west"
        r"|northern|southern|eastern|western|central) (?:the )?\Z",
        re.IGNORECASE,
    ),
    personal=re.compile(
        r"\b(?:mr|mrs|ms|dr|prof|sir|president|minister|general|gen|senator|sen|colonel|captain|coach|manager|chancellor"
        r"|king|queen|prince|princess|judge|governor|gov|chairman|spokesman|spokeswoman|rep|son|daughter|wife|husband"
        r"|widow|brother|sister|father|mother)\.? \Z",
        re.IGNORECASE,
    ),
    speaks=re.compile(r" (?:said|says|told|added|argued|wrote|tweeted|explained|insisted|resigned|smiled|was born)\b"),
    sport=re.compile(
        r"\b(?:match|matches|game|games|goal|goals|cup|league|season|coach|striker|midfielder|defender|goalkeeper|squad"
        r"|fixture|qualifier|qualifiers|qualifying|championship|tournament|scored|caps|capped|captain|captained|innings"
        r"|wicket|wickets|quarterback|playoff|playoffs|draft|roster|debut|semifinal|semi-final|final|football|soccer"
        r"|rugby|cricket|hockey|basketball|baseball|relegated|promoted|stadium|friendly|tries|kickoff|halftime)\b",
        re.IGNORECASE,
    ),
    versus=re.compile(
        r"\b(?:against|beat|beats|beating|defeated|defeating|over|versus|v|vs|vs\.|for|played|faced|facing|hosted|drew with|lost to"
        r"|joined|signed for|signed with) (?:the )?\Z"
    ),
    plays=re.compile(
        r" (?:beat|beats|defeated|thrashed|edged|drew|lost|won|win|wins|scored|conceded|qualified|trailed|play|plays|played"
        r"|host|hosts|hosted|face|faces|faced)\b|'s? (?:coach|captain|striker|goalkeeper|manager|defence|defense|squad)\b"
        r"|’s? (?:coach|captain|striker|goalkeeper|manager|defence|defense|squad)\b| (?:coach|captain|striker)\b"
    ),
    tongue=re.compile(
        r"\b(?:in|into|speak|speaks|spoke|speaking|learn|learned|from the|called|means?) \Z", re.IGNORECASE
    ),
    tongues=words(
        """Afrikaans Albanian Amharic Arabic Armenian Basque Bengali Bosnian Bulgarian Catalan Chinese Croatian Czech Danish
        Dutch English Estonian Finnish French German Greek Hebrew Hindi Hungarian Icelandic Indonesian Irish Italian
        Japanese Korean Kurdish Latin Latvian Lithuanian Malay Maltese Norwegian Persian Polish Portuguese Punjabi
        Romanian Russian Serbian Slovak Slovenian Somali Spanish Swahili Swedish Tagalog Tamil Thai Turkish Ukrainian Urdu
        Vietnamese Welsh"""
    ),
    list_joints=frozenset({"and", "or", "&"}),
    kin=re.compile(
        r"\b(?:father|mother|parents?|brothers?|sisters?|sons?|daughters?|children|wife|husband|widow|widower|cousins?|uncle"
        r"|aunt|nephew|niece|grandfather|grandmother|grandson|granddaughter|siblings?|twin|spouse|fianc[eé]e?|heir|dynasty)\b",
        re.IGNORECASE,
    ),
    families=words("family families clan dynasty brothers sisters siblings household"),
    months=words("april august june march may"),
    month_before=re.compile(
        r"\b(?:in|of|by|since|until|till|early|late|mid|last|this|next|\d{1,2}(?:st|nd|rd|th)?)[ -]\Z", re.IGNORECASE
    ),
    month_after=re.compile(r" (?:\d{1,4}\b|of \d)"),
    common_words=words(
        """able access action active advance age agency agent air album alert alliance alpha amber apple april arch area
        arrow art arts asset august aurora author balance ball band bank bar baron bar base basic bay beach bear bell
        best big bill billboard bird bishop black blue board bond book border boss bow box branch brave bridge bright
        brook brown bull burn bush butler call camp cap capital car care case cash castle center central centre chain
        chance change channel chapel chase chip choice church circle city class clay cliff close club coach coal coast
        code cold college collins common community concord cook cool copper core corner council court cover craft crane
        cream credit crew cross crow crown cube current dart dash data dawn day dean deal deep delta desert dial diamond
        direct division dollar dove dragon drake drama dream drive duke dust eagle earl early earth east edge eight
        element elite empire enterprise epic era essence event ever evening express fair faith fall fame fan farm fast
        father field fifth fine fire first fish flash fleet flint flower focus force ford forest forge fork fortune
        forum forward foundation fox frank free freedom frost future galaxy game gap garden gate general genesis gentle
        giant gift glass globe gold golden good grace grand grant grave gray great green grey ground grove guard
        guardian gulf hall hand harbour harmony hart harvest hawk head health heart hearts heath heat herald heritage
        hero high hill hills history holiday home honor hood hook hope horizon horn hour house human hunt hunter ice
        impact independent institute iron island ivory jack jet joy judge jump junction june just justice key king
        kings knight lake land lane large law leader league legend legion liberal liberty life light lime line link lion
        little live local lock long lord lotus love low luck lynx mad magic magnet main major march mark marks marsh
        mason master match may meadow media mercury metal metro mile military mill miller mind mint mirror miss mission
        model modern moment money monitor moon moore morning moss mount mountain music mystery nation national nature
        navy network new news next night noble north nova oak ocean old olive open opera oracle orange order origin
        outlook oxford pace pacific page park parker parliament party path patriot peace pearl people phoenix piano pilot
        pine pioneer place plain planet police pool pope port post potter power press price pride prime prince print
        progress public pulse quartz queen quest rail rain ranger rangers rapid raven ray reach reading rebel record red
        reds reform region republic reserve rest revolution rich ridge ring rise river road rock rogue rose round royal
        rush sage saint salt sand saturn scale school science scout sea season second security senate senior service
        seven shadow shell shield shine shore short silver sister six sky slate small smart smith snow social society
        solar solid sound south space spark special spirit sport sports spring square stack staff stage standard star
        state station steel stone storm story strand stream street strong style summer summit sun sunday sunrise super
        supreme surface swan sweet swift sword system tale target taylor team temple terra third thunder tide tiger time
        times title tool top total touch tower town track trade trail treasury tree tribune trident trinity triumph troy
        true truth trust turner twin union united universe upper urban valley vast vega vice victor victory view village
        vision vista vital voice walker wall ward water wave way weaver web welcome well west western wheel whisper white
        wild will wind wing winter wise wolf women wonder wood word work world yellow yes york young youth zone"""
    ),
)
