"""How Spanish, French and Portuguese say what must, must not, may and should be; the shape is deontics.Grammar. Free of Django."""

from elicitation.extraction.deontics import Grammar

SPANISH = Grammar(
    common=r"el|los|las|y|que|en|del|una|por|para|no|es|con|se|debe|deben|debería|deberían|hay|"
    r"lo|un|a|ser|su|más|todos|si|o|nos|creo|la|muy|al|cuando|me|yo|de|mi|"
    r"tengo|estoy|está|\w*ñ\w*|hace|muy",
    firm={
        "none": r"(?:nadie|ningun[oa]s?|ningún)(?:\s+\w+){0,2}\s+(?:(?:tienen?|tendrían?)\s+que|"
        r"está[n]?\s+obligad[oa]s?\s+a)\b|(?:nunca|jamás)\s+(?:tienen?|tenemos)\s+que\b|"
        r"no\s+está[n]?\s+(?:obligad[oa]s?\s+a|prohibid[oa]s?)\b|no\s+(?:queda[n]?\s+prohibid[oa]s?|se\s+prohíben?)\b|"
        r"no\s+es\s+(?:obligatorio|imprescindible)\b|debe\s+ser\s+que|deb\w+\s+haber\s+\w+(?:ad|id)o\b|no\s+(?:tienen?\s+que|"
        r"hace\s+falta|es\s+necesario|hay\s+por\s*qué)\b",
        "must not": r"(?:no|nunca|jamás)\s+(?:se\s+(?:les?\s+)?)?(?:deb(?:en?|emos|er(?:[ií]a|"
        r"[aá])n?|er[ií]amos))\b|no\s+hay\s+que\b|no\s+(?:habría|tendrían?)\s+que\b|"
        r"(?:no|nunca)\s+(?:tienen?|tenemos)\s+(?:el\s+)?derecho\s+[ad]e?\b|no\s+está[n]?\s+(?:permitid[oa]s?|autorizad[oa]s?\s+a)\b|"
        r"no\s+se\s+(?:permite|permiten)\b|(?:está|están|queda|"
        r"quedan)\s+(?:\w+\s+)?prohibid[oa]s?(?=\s+\w)|se\s+prohíben?\b|"
        r"deb(?:en?|er[ií]an?)\s+(?:nunca|jamás)\b",
        "may": r"se\s+permiten?\b|está[n]?\s+(?:permitid[oa]s?|autorizad[oa]s?\s+a)\b|tienen?\s+derecho\s+a\b",
        "must": r"(?:se\s+)?deb(?:en?|emos)\b|(?:se\s+)?deberán?\b|tienen?\s+que\b|"
        r"tenemos\s+que\b|hay\s+que\b|es\s+(?:obligatorio|necesario|"
        r"imprescindible)(?:\s+que)?\b|"
        r"han?\s+de\b|está[n]?\s+obligad[oa]s?\s+a\b",
        "should": r"(?:se\s+)?deber(?:[ií]an?|[ií]amos)\b|habría\s+que\b|tendrían?\s+que\b|"
        r"conviene\b|convendría\b",
    },
    weak={
        "must not": r"no\s+(?:se\s+)?(?:puede|pueden|podrán?)\b",
        "may": r"(?:se\s+)?(?:puede|"
        r"pueden|podrán?)\b",
    },
    banned=r"(?:está|están|queda|quedan)\s+(?:\w+\s+)?prohibid[oa]s?|(?:debe|deben|debería|"
    r"deberían)\s+(?:estar|ser)\s+prohibid[oa]s?",
    condition=r"si|cuando|mientras|hasta\s+que|siempre\s+que|salvo|excepto|a\s+menos\s+que|sin|"
    r"antes\s+de|después\s+de|durante|en\s+caso\s+de",
    restricts=r"s[oó]lo\s+(?:si|cuando)|salvo|a\s+menos\s+que|siempre\s+que|"
    r"sin\s+(?:\w+\s+)?(?:permiso|consentimiento|autorización)",
    or_else=r"de\s+lo\s+contrario|si\s+no,|so\s+pena\s+de|bajo\s+pena\s+de|o\s+pagar(?:án?|á)",
    opening=r"(?:creo|pienso|opino|considero|me\s+parece|en\s+mi\s+opinión|sí|y|pero|que|también|"
    r"además|pues|entonces|porque|yo\s+creo)",
    breaks=r"pero|porque|ya\s+que|así\s+que|sino|aunque|por\s+(?:lo\s+)?tanto|(?:creo|pienso|"
    r"considero)\s+que|además",
    relative=r"que|quien|quienes|cual|cuales|donde|como|si|cuando|cuyo",
    first_person=r"yo",
    wish=r"\bespero\b|\bojalá\b|\bquisiera\b|\bme\s+gustaría\b|\bquiero\b|\bdeseo\b",
    doubt=r"\bno\s+(?:creo|pienso|considero)\b",
    nobody=r"(?:(?:en|bajo|de)\s+(?:ningún|ninguna)\s+(?:caso|momento|concepto|modo|circunstancia|manera|forma)|"
    r"nadie|nada|ningun[oa]s?|ningún|ni)\b",
    no_actor=r"(?:no\s+)?(?:l[oae]s?|me|te|nos|se)|ahí|aquí|(?:a|al|en|por|para|con|de|desde)\s.*",
    finite=r"yo|es|son|está|están|hay|puede|ha|han|fue|era",
    passive=r"(?:(?:siempre|solo|sólo|también)\s+)*ser\s+(?:\w+mente\s+)?\w+(?:ad|id)[oa]s?\b|"
    r"(?:siempre\s+)?(?:haber|existir)\b",
    agent=r"por\s+(?=(?:el|la|los|las|un|una)\s)",
    impersonal=r"(?:no\s+)?(?:hay|habría|es|se|conv)\b.*",
    indirect=r"si|cómo|qué|dónde|cuándo",
    runs_on=r"esto|eso|ell[oa]s?|yo",
    imperative=r"(?:no|nunca)\s+(?=\w+[aei]r(?:l[aeo]s?|se)?\b)",
)
FRENCH = Grammar(
    common=r"le|les|des|et|que|est|une|un|pour|pas|ne|dans|il|doit|doivent|devrait|devraient|"
    r"faut|au|aux|du|à|qui|sur|ce|je|nous|on|si|tous|la|en|plus|sans|quand|a|ou|"
    r"de|[jldnsc]['’]\w+|mon|ma|suis|\w*[èêœ]\w*",
    firm={
        "none": r"(?:personne|nul(?:le)?|aucune?)(?:\s+\w+){0,2}\s+n['’]est\s+(?:tenu|obligé)\w*\s+(?:de\b|d['’])|"
        r"n['’](?:a|ont)\s+pas\s+(?:à|besoin)\b|ne\s+(?:doi(?:t|vent)|devrai(?:t|ent))\s+pas\s+avoir\s+à\b|(?:aurait|auraient)\s+dû\b",
        "must not": r"ne\s+(?:\w+\s+)?(?:doi(?:t|vent)|devons|devr(?:ai(?:t|ent)|ions|a|"
        r"ont))\s+(?:\w+ment\s+)?(?:pas|jamais|plus|en\s+aucun\s+cas|aucunement)\b|"
        r"(?:il\s+)?ne\s+fau(?:t|drai?t)\s+(?:pas|jamais|plus)(?:\s+qu[e'’])?|(?:il\s+est|est|"
        r"sont)\s+(?:strictement\s+)?interdite?s?\s+(?:de|d['’])|ne\s+(?:doi(?:t|vent)|"
        r"devrai(?:t|ent))\b|"
        r"(?:n['’])?(?:a|ont|avons|avez)\s+(?:pas\s+le|jamais\s+le|aucun)\s+droit\s+(?:de\b|d['’])|"
        r"(?:il\s+)?(?:n['’]est|ne\s+sont)\s+pas\s+(?:autorisé|permis|habilité)\w*\s+(?:à|de\b|d['’])|"
        r"(?:doi(?:t|vent)|devrai(?:t|ent))\s+(?:pas|jamais)\b|faut\s+pas\b|(?:il\s+)?(?:doi(?:t|"
        r"vent)|devrai(?:t|ent))\s+être\s+interdite?s?\s+(?:de\s|d['’])",
        "may": r"(?:a|ont)\s+le\s+droit\s+(?:de|d['’])|(?:est|sont)\s+(?:autorisé|"
        r"permis|habilité)\w*\s+(?:à|de|d['’])|(?:est|sont)\s+(?:en\s+droit|libres?)\s+(?:de\b|d['’])",
        "must": r"doi(?:t|vent)\b|devons\b|devr(?:a|ont)\b|(?:il\s+)?faut\b(?:\s+(?:aussi|donc|"
        r"alors|absolument|surtout|également|bien))?(?:\s+qu[e'’])?|"
        r"il\s+est\s+(?:obligatoire|nécessaire|indispensable)\s+(?:de|d['’]|qu[e'’])|"
        r"(?:est|sont)\s+(?:tenu|obligé)\w*\s+(?:de|d['’])",
        "should": r"devrai(?:t|ent)\b|devrions\b|(?:il\s+)?faudrait\b(?:\s+qu[e'’])?",
    },
    weak={
        "must not": r"ne\s+(?:peut|peuvent|pourra|pourront)\s+(?:pas|jamais|plus|"
        r"en\s+aucun\s+cas)\b",
        "may": r"(?:peut|peuvent|pourra|pourront)\b(?!-)",
    },
    banned=r"(?:est|sont)\s+(?:strictement\s+)?interdite?s?|(?:doi(?:t|vent)|devrai(?:t|"
    r"ent))\s+être\s+interdite?s?",
    condition=r"si|s['’]il|quand|lorsque|lorsqu['’]|tant\s+que|jusqu['’]à|sauf|à\s+moins\s+que|"
    r"à\s+condition|sans|avant|après|pendant|en\s+cas\s+de|dès\s+que",
    restricts=r"(?:seulement|uniquement|que)\s+(?:si|s['’]|quand)|sauf|à\s+moins|à\s+condition|"
    r"tant\s+que|sans\s+(?:\w+\s+)?(?:accord|consentement|autorisation)",
    or_else=r"sinon|sous\s+peine\s+de|faute\s+de\s+quoi|à\s+défaut",
    opening=r"(?:je\s+(?:pense|crois|trouve|considère)|à\s+mon\s+avis|selon\s+moi|pour\s+moi|oui|"
    r"et|mais|que|qu['’]|donc|aussi|alors|car|ou)",
    breaks=r"mais|car|parce\s+qu[e'’]|donc|puisque|cependant|je\s+(?:pense|crois)\s+qu[e'’]",
    relative=r"qui|que|qu['’](?:ils?|elles?|on)?|que\s+(?:nous|vous|je)|dont|où|lequel|laquelle|"
    r"si|quand|comme",
    first_person=r"je|j['’]|moi",
    wish=r"\bj['’](?:espère|aimerais)\b|\bje\s+(?:souhaite|veux|voudrais)\b|\bpourvu\s+que\b",
    doubt=r"\bje\s+ne\s+(?:pense|crois|trouve)\s+pas\b|\bje\s+(?:pense|crois)\s+pas\b",
    nobody=r"(?:en\s+aucun(?:e)?\s+(?:cas|façon|manière)|personne|rien|nul|nulle|aucune?|ni)\b",
    no_actor=r"il\s+y|on|y|(?:à|en|pour|dans|avec|par|sur|selon)\s.*",
    finite=r"je|est|sont|a|ont|peut|peuvent|c['’]est|était",
    passive=r"(?:\w+ment\s+|toujours\s+|aussi\s+)*être\s+(?:\w+ment\s+|toujours\s+)?(?:\w+ée?s?|"
    r"\w*(?:mis|pris|fait|dit|crit|duit|truit|vert|vu|çu|tenu|endu|connu)e?s?)\b|y\s+avoir\b",
    agent=r"par\s+",
    impersonal=r"(?:il|faut|fau\w*|ne\s+fau\w+)\b.*",
    indirect=r"si|comment|où|quand|pourquoi",
    runs_on=r"c['’]est|cela|ça|ils?|elles?|on|je",
    imperative=r"ne\s+(?:pas|jamais)\s+(?=\w+)",
)
PORTUGUESE = Grammar(
    common=r"o|os|as|e|que|em|do|da|uma|um|para|não|é|com|se|deve|devem|deveria|deveriam|ao|por|"
    r"são|mais|um|ou|eu|a|nos|na|no|quando|muito|sem|todos|me|de|"
    r"estou|\w*[ãõ]\w*",
    firm={
        "none": r"(?:ninguém|nenhuma?(?:\s+\w+)?)\s+(?:(?:tem|têm)\s+(?:que|de)|precisam?|"
        r"(?:é|está)\s+obrigad[oa]\s+a)\b|nunca\s+(?:tem|têm|temos)\s+(?:que|de)\b|"
        r"não\s+(?:é|são|está|estão)\s+(?:obrigad[oa]s?\s+a|proibid[oa]s?|preciso|necessário|obrigatório)\b|"
        r"não\s+(?:tem|têm|precisam?)(?!\s+(?:o\s+)?direito\b)\s+(?:que\s+|de\s+)?",
        "must not": r"(?:não|nunca|jamais)\s+(?:se\s+)?dev(?:em?|emos|er(?:ia|á|ão)m?|eríamos)\b|"
        r"(?:é|são|está|estão)\s+(?:\w+\s+)?proibid[oa]s?(?=\s+\w)|"
        r"dev(?:em?|eriam?)\s+(?:nunca|jamais)\b|não\s+(?:é|são)\s+permitid[oa]s?\b|"
        r"(?:não|nunca)\s+(?:tem|têm|temos)\s+(?:o\s+)?direito\s+(?:a|de|à)\b|não\s+(?:é|são|está|estão)\s+autorizad[oa]s?\s+a\b|"
        r"não\s+se\s+permite\b",
        "may": r"(?:é|são)\s+permitid[oa]s?\b|(?:é|são|está|estão)\s+autorizad[oa]s?\s+a\b|(?:tem|têm)\s+(?:o\s+)?direito\s+(?:a|de|à)\b",
        "must": r"dev(?:em?|emos)\b|deverá\b|deverão\b|(?:tem|têm|temos)\s+(?:que|de)\b|"
        r"precisam?(?=\s+(?:\w+\s+)?\w+[aei]r\b)|é\s+(?:preciso|necessário|"
        r"obrigatório)(?:\s+que)?\b|há\s+que\b|"
        r"(?:é|são)\s+obrigad[oa]s?\s+a\b",
        "should": r"deveriam?\b|deveríamos\b|conviria\b",
    },
    weak={
        "must not": r"não\s+(?:se\s+)?(?:pode|podem|poderá|poderão)\b",
        "may": r"(?:pode|podem|"
        r"poderá|poderão)\b",
    },
    banned=r"(?:é|são|está|estão)\s+(?:\w+\s+)?proibid[oa]s?|(?:deve|devem|deveria|"
    r"deveriam)\s+ser\s+proibid[oa]s?",
    condition=r"se(?=\s+(?:os?|as?|uma?|não|houver|for|forem|el[ae]s?|alguém|você)\s)|quando|"
    r"enquanto|até\s+que|desde\s+que|salvo|exceto|a\s+menos\s+que|sem|antes\s+de|depois\s+de|"
    r"durante|em\s+caso\s+de",
    restricts=r"(?:só|somente|apenas)\s+(?:se|quando)|salvo|a\s+menos\s+que|desde\s+que|"
    r"sem\s+(?:\w+\s+)?(?:consentimento|permissão|autorização)",
    or_else=r"caso\s+contrário|senão|sob\s+pena\s+de|do\s+contrário",
    opening=r"(?:(?:eu\s+)?(?:acho|acredito|penso|creio|considero)|na\s+minha\s+opinião|sim|e|"
    r"mas|que|também|além\s+disso|então|porque|portanto)",
    breaks=r"mas|porque|pois|portanto|embora|porém|já\s+que|(?:acho|acredito|penso|creio)\s+que|"
    r"além\s+disso",
    relative=r"que|quem|qual|quais|onde|como|se|quando|cujo",
    first_person=r"eu",
    wish=r"\bespero\b|\btomara\b|\bgostaria\b|\bquero\b|\bdesejo\b",
    doubt=r"\bnão\s+(?:acho|acredito|penso|creio)\b",
    nobody=r"(?:(?:em|sob|de)\s+nenhuma?\s+(?:caso|momento|circunstância|hipótese|forma|maneira)|"
    r"(?:em\s+hipótese|de\s+forma)\s+alguma|ninguém|nada|nenhum|nenhuma|nem)\b",
    no_actor=r"aí|aqui|se|(?:em|no|na|por|para|com|de)\s.*",
    finite=r"eu|é|são|está|estão|tem|pode|podem|foi|era",
    passive=r"(?:(?:sempre|só|apenas)\s+)*(?:ser|estar)\s+(?:\w+mente\s+)?\w+(?:ad|id|it|"
    r"st)[oa]s?\b|(?:haver|existir)\b",
    agent=r"(?:por|pel[oa]s?)\s+",
    impersonal=r"(?:não\s+)?(?:é|há|se|conv)\b.*",
    indirect=r"como|onde|quando",
    runs_on=r"isso|isto|el[ae]s?|eu",
    imperative=r"(?:não|nunca)\s+(?=\w+[aei]r\b)",
)
