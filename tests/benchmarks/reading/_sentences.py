"""Own sentences to attack: the same eight in eight languages, so that a translation of each is at hand."""

LANGUAGES = ("en", "es", "fr", "de", "pt", "ru", "ar", "zh")

SENTENCES = {
    "en": (
        "I can't be at ease while people sleep under the bridge beside my window.",
        "We must not close the library before 19:30 on the 12 days of the fair.",
        "My grandmother said “nobody eats alone here” – and she meant every stranger too.",
        "What I look for is whether a quiet child gets a word in before the loud ones.",
        "A non-violent answer counts for more to me than winning the quarrel.",
        "If the baker closes, the café has to keep a bench for those who can't walk far.",
        "I never want to learn from a screen that a friend of mine has died.",
        "Repairing 3.5 kilometres of hedge together taught us who keeps a promise.",
    ),
    "es": (
        "No puedo estar tranquilo mientras haya gente durmiendo bajo el puente junto a mi ventana.",
        "No debemos cerrar la biblioteca antes de las 19:30 en los 12 días de la feria.",
        "Mi abuela decía «aquí nadie come solo» – y lo decía también por cada forastero.",
        "Me fijo en si un niño callado consigue hablar antes que los ruidosos.",
        "Una respuesta no violenta vale más para mí que ganar la disputa.",
        "Si cierra el panadero, el café tiene que guardar un banco para quien no puede andar lejos.",
        "Nunca quiero enterarme por una pantalla de que ha muerto un amigo mío.",
        "Arreglar juntos 3,5 kilómetros de seto nos enseñó quién cumple su palabra.",
    ),
    "fr": (
        "Je ne suis pas tranquille tant que des gens dorment sous le pont près de ma fenêtre.",
        "Il ne faut pas fermer la bibliothèque avant 19:30 pendant les 12 jours de la foire.",
        "Ma grand-mère disait «ici personne ne mange seul» – et cela valait pour l'inconnu aussi.",
        "Je regarde si l'enfant discret arrive à parler avant les bruyants.",
        "Une réponse non-violente compte plus pour moi que de gagner la dispute.",
        "Si le boulanger ferme, le café doit garder un banc pour qui ne peut pas marcher loin.",
        "Jamais je ne veux apprendre par un écran la mort d'un de mes amis.",
        "Réparer ensemble 3,5 kilomètres de haie nous a appris qui tient sa promesse.",
    ),
    "de": (
        "Ich bin nicht ruhig, solange Menschen unter der Brücke neben meinem Fenster schlafen.",
        "Wir dürfen die Bücherei an den 12 Tagen des Marktes nicht vor 19:30 schließen.",
        "Meine Großmutter sagte „hier isst niemand allein“ – und meinte auch jeden Fremden.",
        "Ich achte darauf, ob ein stilles Kind vor den lauten zu Wort kommt.",
        "Eine gewaltfreie Antwort zählt für mich mehr, als den Streit zu gewinnen.",
        "Wenn der Bäcker zumacht, muss das Café eine Bank für die behalten, die nicht weit gehen können.",
        "Nie will ich von einem Bildschirm erfahren, dass ein Freund gestorben ist.",
        "Gemeinsam 3,5 Kilometer Hecke zu flicken hat uns gelehrt, wer ein Versprechen hält.",
    ),
    "pt": (
        "Não fico tranquilo enquanto houver gente a dormir debaixo da ponte junto à minha janela.",
        "Não devemos fechar a biblioteca antes das 19:30 nos 12 dias da feira.",
        "A minha avó dizia «aqui ninguém come sozinho» – e dizia-o também por cada forasteiro.",
        "Reparo se uma criança calada consegue falar antes das barulhentas.",
        "Uma resposta não violenta vale mais para mim do que ganhar a discussão.",
        "Se o padeiro fechar, o café tem de guardar um banco para quem não pode andar muito.",
        "Nunca quero saber por um ecrã que morreu um amigo meu.",
        "Consertar juntos 3,5 quilómetros de sebe ensinou-nos quem cumpre a promessa.",
    ),
    "ru": (
        "Я не могу быть спокоен, пока люди спят под мостом у моего окна.",
        "Нам нельзя закрывать библиотеку раньше 19:30 в 12 дней ярмарки.",
        "Моя бабушка говорила «здесь никто не ест один» – и это было про любого чужого.",
        "Я смотрю, успевает ли тихий ребёнок сказать слово раньше шумных.",
        "Ненасильственный ответ для меня важнее, чем победа в ссоре.",
        "Если пекарь закроется, кафе должно оставить скамью для тех, кто не может далеко идти.",
        "Никогда не хочу узнать с экрана, что мой друг умер.",
        "Починить вместе 3,5 километра изгороди – так мы узнали, кто держит слово.",
    ),
    "ar": (
        "لا أستطيع أن أطمئن ما دام هناك أناس ينامون تحت الجسر قرب نافذتي.",
        "لا يجوز أن نغلق المكتبة قبل الساعة 19:30 في أيام السوق وعددها 12 يوما.",
        "كانت جدتي تقول «لا أحد يأكل وحده هنا» – وكانت تعني كل غريب أيضا.",
        "أنظر إن كان الطفل الهادئ يجد فرصة للكلام قبل الأطفال الصاخبين.",
        "الجواب الذي لا عنف فيه أهم عندي من الفوز في الخصام.",
        "إذا أغلق الخباز فعلى المقهى أن يحتفظ بمقعد لمن لا يقدر على المشي بعيدا.",
        "لا أريد أبدا أن أعرف من شاشة أن صديقا لي قد مات.",
        "إصلاح 3,5 كيلومترات من السياج معا علمنا من يفي بوعده.",
    ),
    "zh": (
        "只要还有人睡在我窗边的桥下，我就不能安心。",
        "集市的12天里，我们不可以在19:30之前关闭图书馆。",
        "我奶奶常说“这里没有人独自吃饭”——她说的也包括每个陌生人。",
        "我留意的是安静的孩子能不能在吵闹的孩子之前说上话。",
        "对我来说，不用暴力的回答比赢得争吵更重要。",
        "如果面包店关门，咖啡馆就必须给走不远的人留一张长椅。",
        "我绝不想从屏幕上得知我的一个朋友去世了。",
        "一起修补3.5公里的树篱，让我们知道了谁会守信。",
    ),
}

NOT = {
    "en": ("not", "never"),
    "es": ("no", "nunca"),
    "fr": ("pas", "jamais"),
    "de": ("nicht", "nie"),
    "pt": ("não", "nunca"),
    "ru": ("не", "никогда"),
    "ar": ("لا", "أبدا"),
    "zh": ("不", "绝不"),
}


def answers() -> list[tuple[str, str]]:
    """(words, language) of answers made of two sentences each, every sentence in two of them."""
    return [
        (f"{told[n]}{'' if language == 'zh' else ' '}{told[(n + 1) % len(told)]}", language)
        for language, told in SENTENCES.items()
        for n in range(len(told))
    ]
