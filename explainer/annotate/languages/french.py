"""French."""

from __future__ import annotations

import re

from explainer.annotate.folding import fold
from explainer.annotate.languages.tables import Language, rows, words


def _both(text: str) -> frozenset[str]:
    """The words, and what they are without accents, which capitals may lack."""
    return frozenset(form for word in text.split() for form in (word, fold(word)))


def _inflected(masculine: str) -> tuple[str, ...]:
    """“syrien, syriens, syrienne, syriennes”; an irregular feminine is given: `turc/turque`."""
    base, _, feminine = masculine.partition("/")
    if not feminine:
        feminine = base if base.endswith("e") else f"{base}ne" if base.endswith(("ien", "éen")) else f"{base}e"
    plural = base if base.endswith(("s", "x")) else f"{base}s"
    return tuple(dict.fromkeys((base, plural, feminine, f"{feminine}s")))


_MASCULINE = rows(
    """
    Afghanistan afghan; Afrique africain; Afrique_du_Sud sud-africain; Albanie albanais; Algérie algérien; Allemagne
    allemand; Amérique américain; Angleterre anglais; Angola angolais; Arabie_saoudite saoudien; Argentine argentin;
    Arménie arménien; Asie asiatique; Australie australien; Autriche autrichien; Azerbaïdjan azerbaïdjanais; Bahreïn
    bahreïnien; Bangladesh bangladais; Belgique belge; Bénin béninois; Biélorussie biélorusse; Birmanie birman; Bolivie
    bolivien; Bosnie-Herzégovine bosnien; Brésil brésilien; Bulgarie bulgare; Burkina_Faso burkinabé; Burundi burundais;
    Cambodge cambodgien; Cameroun camerounais; Canada canadien; Catalogne catalan; Centrafrique centrafricain; Chili
    chilien; Chine chinois; Chypre chypriote; Colombie colombien; Congo congolais; Corée_du_Nord nord-coréen;
    Corée_du_Sud sud-coréen; Corse corse; Costa_Rica costaricain; Côte_d'Ivoire ivoirien; Croatie croate; Cuba cubain;
    Danemark danois; Djibouti djiboutien; Écosse écossais; Égypte égyptien; Émirats_arabes_unis émirati; Équateur
    équatorien; Érythrée érythréen; Espagne espagnol; Estonie estonien; États-Unis américain états-unien; Éthiopie
    éthiopien; Europe européen; Finlande finlandais; France français; Gabon gabonais; Gambie gambien; Géorgie géorgien;
    Ghana ghanéen; Grèce grec/grecque; Guatemala guatémaltèque; Guinée guinéen; Haïti haïtien; Honduras hondurien;
    Hongrie hongrois; Inde indien; Indonésie indonésien; Irak irakien; Iran iranien; Irlande irlandais; Islande
    islandais; Israël israélien; Italie italien; Jamaïque jamaïcain; Japon japonais; Jordanie jordanien; Kazakhstan
    kazakh; Kenya kényan; Kosovo kosovar; Koweït koweïtien; Kurdistan kurde; Laos laotien; Lettonie letton/lettonne;
    Liban libanais; Liberia libérien; Libye libyen/libyenne; Lituanie lituanien; Luxembourg luxembourgeois; Madagascar
    malgache; Malaisie malaisien; Mali malien; Malte maltais; Maroc marocain; Mauritanie mauritanien; Mexique mexicain;
    Moldavie moldave; Monaco monégasque; Mongolie mongol; Monténégro monténégrin; Mozambique mozambicain; Namibie
    namibien; Népal népalais; Nicaragua nicaraguayen/nicaraguayenne; Niger nigérien; Nigeria nigérian; Norvège
    norvégien; Nouvelle-Zélande néo-zélandais; Oman omanais; Ouganda ougandais; Ouzbékistan ouzbek/ouzbèke; Pakistan
    pakistanais; Palestine palestinien; Panama panaméen; Paraguay paraguayen/paraguayenne; Paris parisien; Pays-Bas
    néerlandais hollandais; Pays_de_Galles gallois; Pérou péruvien; Philippines philippin; Pologne polonais; Portugal
    portugais; Qatar qatari qatarien; Québec québécois; République_tchèque tchèque; Roumanie roumain; Royaume-Uni
    britannique; Russie russe; Rwanda rwandais; Salvador salvadorien; Sénégal sénégalais; Serbie serbe; Singapour
    singapourien; Slovaquie slovaque; Slovénie slovène; Somalie somalien; Soudan soudanais; Sri_Lanka sri-lankais;
    Suède suédois; Suisse suisse; Syrie syrien; Tadjikistan tadjik; Taïwan taïwanais; Tanzanie tanzanien; Tchad
    tchadien; Tchécoslovaquie tchécoslovaque; Tchétchénie tchétchène; Thaïlande thaïlandais; Tibet tibétain; Togo
    togolais; Tunisie tunisien; Turkménistan turkmène; Turquie turc/turque; Ukraine ukrainien; Union_soviétique
    soviétique; URSS soviétique; Uruguay uruguayen/uruguayenne; Venezuela vénézuélien; Viêt_Nam vietnamien; Vietnam
    vietnamien; Yémen yéménite; Yougoslavie yougoslave; Zambie zambien; Zimbabwe zimbabwéen
    """
)

_DEMONYMS = {place: tuple(form for word in forms for form in _inflected(word)) for place, forms in _MASCULINE.items()}

_ADJECTIVES = """
    arabe arabes armé armée armées central centrale civil civile civiles commun commune constitutionnel constitutionnelle
    culturel culturelle démocratique démocratiques économique économiques électoral électorale européenne européennes
    fédéral fédérale général générale impérial impériale indépendant indépendante international internationale
    internationales internationaux islamique islamiques islamiste islamistes judiciaire législatif législative libre libres
    local locale militaire militaires mondial mondiale municipal municipale national nationale nationales nationaux
    populaire populaires présidentiel présidentielle provisoire public publique rebelle rebelles régional régionale
    républicain républicaine révolutionnaire révolutionnaires rouge rouges royal royale social sociale socialiste
    supérieur supérieure suprême unie unies unifié unifiée uni unis
"""
"""What makes another name of an organisation's noun: the Garde *nationale*."""

FRENCH = Language(
    code="fr",
    has_tables=True,
    head_first=True,
    particles=words("al el bin ibn ben abou abu abd de du des d' la le les van von der den di da dos y ould"),
    suffixes=re.compile(r"(?i:jr\.?|fils|père)|[IVX]{2,}|V"),
    articles=("le ", "la ", "les ", "l'", "l’", "al-", "el-"),
    elided=("d", "l", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "s", "n", "c", "m", "t", "j"),
    bound_before=words("Abdel Abdul Abdoul Abd"),
    contractions={"Le ": ("au ", "du "), "Les ": ("aux ", "des ")},
    genitive=re.compile(r"(?:de la |de l['’]|de |du |des |d['’])", re.IGNORECASE),
    royal_titles=("Roi", "Reine", "Empereur", "Impératrice", "Prince", "Princesse", "Pape", "Sultan", "Émir"),
    spellings=(
        ("Saint-", "St-"),
        ("Saint-", "St "),
        ("Saint-", "St. "),
        ("Sainte-", "Ste-"),
        ("Sainte-", "Ste "),
        ("Saint", "St"),
        ("Sainte", "Ste"),
        ("et", "&"),
        ("Mont", "Mt"),
    ),
    well_known={
        "États-Unis": ("USA", "U.S.A.", "É.-U."),
        "États-Unis d'Amérique": ("États-Unis", "USA", "U.S.A."),
        "Royaume-Uni": ("Grande-Bretagne",),
        "Organisation des Nations unies": ("ONU", "O.N.U.", "Nations unies"),
        "Nations unies": ("ONU", "O.N.U."),
        "Union européenne": ("UE",),
        "Union soviétique": ("URSS",),
        "Organisation du traité de l'Atlantique nord": ("OTAN",),
        "Émirats arabes unis": ("EAU", "Émirats"),
        "Côte d'Ivoire": ("Côte-d'Ivoire",),
        "Birmanie": ("Myanmar",),
        "République tchèque": ("Tchéquie",),
        "Pays-Bas": ("Hollande",),
        "République arabe syrienne": ("Syrie",),
        "République française": ("France",),
        "mer Méditerranée": ("Méditerranée",),
        "Mer Méditerranée": ("Méditerranée",),
        "océan Atlantique": ("Atlantique",),
        "Océan Atlantique": ("Atlantique",),
        "océan Pacifique": ("Pacifique",),
        "Océan Pacifique": ("Pacifique",),
        "Conseil de sécurité des Nations unies": ("Conseil de sécurité", "Conseil de sécurité de l'ONU"),
        "Seconde Guerre mondiale": ("Deuxième Guerre mondiale",),
        "Première Guerre mondiale": ("Grande Guerre",),
    },
    demonyms=_DEMONYMS,
    peoples=frozenset(word for forms in _DEMONYMS.values() for form in forms for word in (form, form.capitalize())),
    states=("République de", "République du", "Royaume de", "Royaume du", "République populaire de"),
    places=words(
        """Province Gouvernorat District Département Région Canton Comté Oblast Préfecture Commune Mont Montagne Lac Île
        Îles Fleuve Rivière Vallée Désert Plateau Péninsule"""
    ),
    small_nouns=words(
        """Ministère Parti Province Gouvernorat District Département Région Canton Comté Oblast Préfecture Commune Mont
        Montagne Lac Île Îles Fleuve Rivière Vallée Désert Plateau Péninsule Mer Océan Golfe Détroit Université Musée
        Hôpital Aéroport Ambassade Gouvernement Mouvement Brigade Bataillon Siège Bataille Guerre Traité Accord Accords
        Conférence Réunion Soulèvement Massacre Attentat Attentats Assaut"""
    ),
    legal=re.compile(r",? (?:SA|S\.A\.|SARL|SAS|SE|SNC|SCA)\.?$"),
    kin=re.compile(
        r"\b(?:père|mère|parents?|frères?|sœurs?|fils|filles?|enfants?|épouse|époux|femme|mari|veuve|veuf|cousine?s?|oncle"
        r"|tante|neveu|nièce|grand-père|grand-mère)\b",
        re.IGNORECASE,
    ),
    titles=_both(
        """m mm mme mmes mlle mlles dr pr me mgr monsieur madame mademoiselle messieurs docteur professeur maître président
        présidente vice-président ministre premier-ministre premier première secrétaire chancelier chancelière gouverneur
        sénateur sénatrice député députée maire préfet juge ambassadeur ambassadrice émissaire envoyé porte-parole
        général générale colonel lieutenant-colonel commandant capitaine lieutenant sergent maréchal amiral brigadier
        chef cheikh imam ayatollah rabbin père frère soeur sœur abbé évêque archevêque cardinal pape saint sainte roi
        reine empereur impératrice prince princesse sultan émir duc duchesse comte comtesse baron baronne marquis
        directeur directrice patron entraîneur sélectionneur capitaine attaquant milieu défenseur gardien journaliste
        défense intérieur extérieur justice finances affaires étrangères travail santé éducation culture économie budget
        agriculture information sécurité environnement transports industrie
        écrivain auteur acteur actrice chanteur chanteuse réalisateur avocat avocate opposant opposante ex-président
        ex-ministre ancien ancienne feu sir lord lady"""
    ),
    function_words=_both(
        """à afin ailleurs ainsi alors après assez au aucun aucune auparavant aussi aussitôt autant autour autre autres aux
        avant avec beaucoup bien bientôt car ce ceci cela celle celles celui cependant certains certaines ces cet cette
        ceux chacun chacune chaque chez ci comme comment contre dans de déjà demain depuis derrière des dès désormais deux
        devant dix donc dont du durant elle elles en encore enfin ensuite entre environ est et eux face faute grâce hier
        hors huit ici il ils jamais je jusque la là le les leur leurs lors lorsque lui maintenant mais malgré même mes moins
        mon naguère ne née né ni non nos notre nous on or ou où outre par parce parfois parmi pas pendant peu peut-être
        plus plusieurs plutôt pour pourquoi pourtant près presque puis puisque quand quant quatre que quel quelle quelles
        quelque quelques quels qui quoi quoique sa sans sauf se seize selon sept ses seul seule si six soit son sous souvent
        sur surtout tandis tant tel telle tous tout toute toutefois toutes très trois trop tu un une vers via voici voilà
        vos votre vous y c'est d'abord d'après d'autres l'un lundi mardi mercredi jeudi vendredi samedi dimanche janvier
        février mars avril mai juin juillet août septembre octobre novembre décembre"""
    ),
    institutions=_both(
        """université école collège lycée académie institut banque musée bibliothèque église cathédrale diocèse évêché
        bataille siège traité ambassade consulat duché comté royaume chambre port société ministère préfecture conseil
        tribunal cour gare aéroport"""
    ),
    connectors=re.compile(r"([^\W\d_][\w.-]*) (?:de la |de l['’]|de |du |des |d['’])\Z"),
    connecting_words=frozenset({"de", "du", "des", "la"}),
    definite=("le ", "la ", "les ", "l'", "l’", "au ", "aux ", "du ", "des "),
    locative=re.compile(
        r"\b(?:à|en|au|aux|dans|vers|depuis|près de|près d|hors de|loin de|autour de|jusqu'à|jusqu’à|jusqu'en|jusqu’en"
        r"|via|sur|ville de|ville d|région de|région d|province de|nord de|sud de|est de|ouest de)"
        r"(?: la | les | le | l['’]| |['’])\Z",
        re.IGNORECASE,
    ),
    personal=re.compile(
        r"\b(?:m\.|mm\.|mme|mlle|dr|me|monsieur|madame|président|présidente|ministre|général|colonel|capitaine|commandant"
        r"|lieutenant|maréchal|sénateur|député|maire|juge|roi|reine|prince|princesse|émir|cheikh|émissaire|directeur"
        r"|entraîneur|porte-parole|fils de|fille de|femme de|veuve de|frère de|sœur de|père de|mère de) \Z",
        re.IGNORECASE,
    ),
    speaks=re.compile(
        r" (?:a dit|a déclaré|a affirmé|a ajouté|a annoncé|a estimé|a expliqué|a souligné|a indiqué|a assuré|a écrit|a démissionné"
        r"|dit|déclare|affirme|ajoute|estime|explique|assure|est né|est née)\b"
    ),
    lengthens=re.compile(
        r" (?:de |du |des |d['’]|(?:"
        + "|".join(sorted({*_ADJECTIVES.split(), *(form for forms in _DEMONYMS.values() for form in forms)}))
        + r")(?!\w))"
    ),
    sport=re.compile(
        r"\b(?:match|matchs|matches|but|buts|coupe|championnat|ligue|saison|entraîneur|sélectionneur|attaquant|défenseur"
        r"|gardien|milieu de terrain|tournoi|finale|demi-finale|qualification|qualifications|éliminatoires|victoire|défaite"
        r"|football|rugby|handball|basket|basket-ball|cyclisme|stade|supporteurs|supporters|marqué|essai|essais)\b",
        re.IGNORECASE,
    ),
    versus=re.compile(r"\b(?:contre|face à|battu|bat|battant|affronte|affrontait|devant) (?:la |le |les |l['’])?\Z"),
    tongue=re.compile(
        r"(?:\b(?:en|parle|parlent|parlait|parlant|parler|apprendre|appris|vers|langue|du|le) |\bl['’])\Z",
        re.IGNORECASE,
    ),
    tongues=words(
        """albanais allemand amharique anglais arabe arménien basque bengali bosnien breton bulgare catalan chinois coréen
        croate danois espagnol estonien finnois français gallois grec hébreu hindi hongrois indonésien irlandais islandais
        italien japonais kurde latin letton lituanien malais maltais néerlandais norvégien ourdou persan polonais portugais
        roumain russe serbe slovaque slovène somali suédois swahili tamoul tchèque thaï turc ukrainien vietnamien"""
    ),
    list_joints=frozenset({"et", "ou", "&"}),
    # In French a capital inside a sentence is a name's nearly always: few words need more than that.
    common_words=_both(
        """action alliance as avenir bleu capital centre concorde croix defense droit echo echos elan espoir etoile express
        force forces garde humanite juste justice lance liberation liberte libre ligue lumiere mai marche
        mars match mercure monde nation nationale nord ouest paix parole patrie point pole poste presse printemps progres
        public rappel renaissance renouveau republique reveil roi salut sens societe soir soleil sud total tribune union
        unite vague verite vert victoire vie voix"""
    ),
)
