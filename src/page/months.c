/* Names of months in the languages of news: see rules.h. Nominative, the case that dates are written in, and abbreviations; where two
 * languages use one word for two months ("listopada"), the larger one wins. */
#include <string.h>

#include "base/utf8.h"
#include "page/fold.h"
#include "page/rules.h"

/* Each name in lower case between two spaces; '_' joins the words of a name. */
/* clang-format off */
static const char *const MONTHS[12] = {
    " january jan januar jänner jän janvier janv enero ene janeiro gennaio gen januari stycznia "
    "styczeń sty ledna leden januára január января январь янв січня січень "
    "січ януари яну јануар siječnja siječanj ocak oca ιανουαρίου "
    "ιανουάριος ιαν tammikuuta tammikuu tammi ianuarie ian يناير "
    "كانون_الثاني جانفي ژانویه ינואר בינואר जनवरी sausio "
    "jaanuar janvāris janvārī gener januarja ",
    " february feb februar feber février fevrier févr fév febrero fevereiro fev febbraio februari "
    "lutego luty lut února únor februára február февраля февраль фев февр "
    "лютого лютий лют февруари фебруар veljače veljača şubat şub "
    "φεβρουαρίου φεβρουάριος φεβ helmikuuta helmikuu helmi febr februarie "
    "فبراير شباط فيفري فوریه פברואר בפברואר फरवरी "
    "फ़रवरी vasario veebruar februāris februārī febrer februarja ",
    " march mar märz mär mrz mars marzo março marco maart mrt marca marzec března březen marec "
    "марта март мар березня березень бер ožujka ožujak mart "
    "μαρτίου μάρτιος μαρ marts maaliskuuta maaliskuu maalis március márc martie "
    "مارس آذار מרץ במרץ מרס במרס मार्च maret kovo märts martā març ",
    " april apr avril avr abril abr aprile kwietnia kwiecień kwi dubna duben apríla apríl апреля "
    "апрель апр квітня квітень квіт април travnja travanj nisan nis "
    "απριλίου απρίλιος απρ huhtikuuta huhtikuu huhti április ápr aprilie أبريل "
    "ابريل إبريل نيسان أفريل آوریل אפריל באפריל अप्रैल "
    "balandžio aprill aprīlis aprīlī aprila ",
    " may mai mayo maio maggio mag mei maja maj května květen mája máj мая май травня "
    "травень трав мај svibnja svibanj mayıs μαΐου μάιος μαϊ μαΐ "
    "toukokuuta toukokuu touko május مايو أيار ماي مه می מאי במאי मई "
    "gegužės maijs maijā maig ",
    " june jun juni juin junio junho giugno giu czerwca czerwiec cze června červen júna jún июня "
    "июнь июн червня червень черв юни јун lipnja lipanj haziran haz "
    "ιουνίου ιούνιος ιουν kesäkuuta kesäkuu kesä június iunie iun يونيو "
    "حزيران جوان ژوئن יוני ביוני जून birželio juuni jūnijs jūnijā juny "
    "junija ",
    " july jul juli juillet juil julio julho luglio lug lipca lipiec lip července červenec júla júl "
    "июля июль июл липня липень лип юли јул srpnja srpanj temmuz tem "
    "ιουλίου ιούλιος ιουλ heinäkuuta heinäkuu heinä július iulie iul يوليو "
    "تموز جويلية ژوئیه جولای יולי ביולי जुलाई liepos juuli "
    "jūlijs jūlijā juliol julija ",
    " august aug août aout agosto ago augustus sierpnia sierpień sie srpna srpen augusta августа "
    "август авг серпня серпень серп kolovoza kolovoz avgust avg ağustos ağu "
    "αυγούστου αύγουστος αυγ augusti elokuuta elokuu elo augusztus أغسطس "
    "اغسطس آب أوت اوت آگوست אוגוסט באוגוסט अगस्त agustus agu "
    "rugpjūčio augusts augustā agost avgusta ",
    " september sept sep septembre septiembre setiembre setembro set settembre września wrzesień wrz "
    "září septembra сентября сентябрь сен сент вересня вересень "
    "вер септември септембар rujna rujan septembar eylül eyl "
    "σεπτεμβρίου σεπτέμβριος σεπ syyskuuta syyskuu syys szeptember szept "
    "septembrie سبتمبر أيلول سپتامبر ספטמבר בספטמבר सितंबर "
    "सितम्बर rugsėjo septembris septembrī setembre ",
    " october oct oktober okt octobre octubre outubro out ottobre ott października październik paź "
    "října říjen októbra október октября октябрь окт жовтня жовтень "
    "жовт октомври октобар oktobar ekim eki οκτωβρίου οκτώβριος "
    "οκτ lokakuuta lokakuu loka octombrie أكتوبر اكتوبر تشرين_الأول اکتبر "
    "אוקטובר באוקטובר अक्टूबर अक्तूबर spalio oktoober "
    "oktobris oktobrī oktobra ",
    " november nov novembre noviembre novembro listopada listopad lis listopadu novembra ноября "
    "ноябрь ноя нояб листопада листопад лист ноември "
    "новембар studenoga studenog studeni novembar kasım kas νοεμβρίου "
    "νοέμβριος νοε marraskuuta marraskuu marras noiembrie noi نوفمبر "
    "تشرين_الثاني نوامبر נובמבר בנובמבר नवंबर नवम्बर "
    "lapkričio novembris novembrī ",
    " december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre grudnia grudzień "
    "gru prosince prosinec decembra декабря декабрь дек грудня грудень "
    "груд декември децембар prosinca prosinac decembar aralık ara "
    "δεκεμβρίου δεκέμβριος δεκ desember des joulukuuta joulukuu joulu decembrie "
    "ديسمبر كانون_الأول دسامبر דצמבר בדצמבר दिसंबर "
    "दिसम्बर gruodžio detsember decembris decembrī desembre ",
};
/* clang-format on */

int hs_rules_month(hs_str word) {
    enum { LONGEST = 48 };
    char name[LONGEST + 8] = " ";
    size_t n = 1;
    for (size_t at = 0; at < word.n;) {
        if (n >= LONGEST) return 0;
        uint32_t cp = hs_fold(hs_utf8_decode(word, at, &at));
        n += hs_utf8_encode(name + n, cp == ' ' ? '_' : cp);
    }
    if (n == 1) return 0;
    name[n++] = ' ';
    for (int i = 0; i < 12; i++)
        if (memmem(MONTHS[i], strlen(MONTHS[i]), name, n)) return i + 1;
    return 0;
}
