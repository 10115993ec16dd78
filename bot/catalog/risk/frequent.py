"""How often common words of both languages turn up in ordinary text, roughly."""

_OFTEN = {
    20: """
    a and de el en i la me mi my no que the y
    """,
    5: """
    al at con del for im in is it las le lo los of on por se to un una was with
    """,
    2: """
    about all be but by como dice did dos es estoy from fue got group had hasta he him
    his hoy its ive just like lol mas ni nos not off one out over para pero said she si
    sin so tengo that then they this today todo told up we went ya yo you
    """,
    0.6: """
    abuela after again agua ahora an ano anos antes are as asi asked ate back bad bajo
    because been before bien boss bought bus cada cafe called came can cant casa casi
    class comi conte cuando cuatro da day deje dejo desde despues di dia dias didnt dije
    dijo dio do doctor done dont dormi down ella era ese eso esta este every everyone
    feel felt fine first four fui ganas gato gave get go going gonna good grupo has have
    hay her hermana hes hice hija hijo home hora horas hours how id if igual into jaja
    know last laughed let luego made mama man manana minutes minutos mis mom more mother
    myself nada nadie never new next night nobody nothing now ok old once only otra our
    papa paso pedi perro phone porque puse put q quede quedo queria quiere quiero right
    risa sali salio sat say says semana senora senti shot since sleep sobre solo soy
    still stop su tarde te thats them there thing thought three tiene time toco toda
    todos too took trabajo tres two under uno us used va veces vez voy voz w want wanted
    week were what when where who whole wife will work wrote years
    """,
}
"""By how many of a thousand words are this one: counted in made-up diary lines."""
_SELDOM = 0.03
_SHARE = {word: often / 1000 for often, words in _OFTEN.items() for word in words.split()}


def share_of(word: str) -> float:
    """Which share of the words of ordinary text is this one."""
    return _SHARE.get(word, _SELDOM / 1000)
