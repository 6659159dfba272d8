package directory

// The words by which people look for a need, a kind or a city, in the languages of the
// portal. Each entry is indexed with those of its codes, so that a question in Arabic finds
// an entry that was only ever described in English.

var needWords = map[string]string{
	"emergency":   "emergency danger now emergenza pericolo urgence danger emergencia peligro emergência urgență urgjencë экстренная опасность терміново небезпека спешно طوارئ خطر 紧急 危险",
	"violence":    "violence violent partner beaten violenza botte violences violencia violência violență dhunë насилие насильство насилля عنف ضرب 暴力",
	"trafficking": "trafficking forced exploitation tratta sfruttamento traite exploitation trata explotación tráfico exploração trafic exploatare trafikim торговля людьми принуждение эксплуатация торгівля людьми примус експлуатація трафик اتجار استغلال إجبار 贩运 强迫",
	"self-harm":   "suicide despair suicidio suicide suicidio sinucidere vetëvrasje суицид самоубийство самогубство انتحار يأس 自杀",
	"minor":       "children young minor teenager minori ragazzi mineurs jeunes menores crianças minori tineri të mitur дети подростки молодёжь діти підлітки молодь деца أطفال قاصرين شباب 青少年",
	"health":      "health doctor clinic hiv test salute medico medica test santé médecin clinique dépistage salud médico saúde sănătate medic shëndet mjek здоровье врач вич здоров'я лікар віл здраве лекар صحة طبيب طبيبة عيادة 健康 医生",
	"counselling": "counselling advice psychologist talk ascolto consulenza psicologa écoute conseil psychologue consejo psicóloga aconselhamento consiliere këshillim консультация психолог поддержка консультація психолог підтримка съвет استشارة نفسية دعم 咨询",
	"housing":     "housing shelter sleep flat bed casa alloggio dormire rifugio logement hébergement dormir vivienda refugio moradia locuință adăpost strehim жильё приют ночлег житло притулок подслон سكن مأوى نوم 住房",
	"legal":       "legal lawyer rights law court avvocato avvocata diritti legale avocat avocate droits justice abogado derechos advogado avocat drepturi avokat ligj юрист адвокат права юрист адвокат права адвокат محامي محامية قانون حقوق 律师 法律",
	"migration":   "migration permit papers asylum residence migranti permesso soggiorno asilo migrants titre séjour asile papiers migración papeles asilo migração documentos migrație azil acte migrim миграция документы убежище міграція документи притулок миграция هجرة إقامة لجوء أوراق 移民 居留",
	"work":        "work job employment lavoro impiego travail emploi trabajo empleo trabalho emprego muncă loc de muncă punë работа труд робота праця работа عمل وظيفة شغل 工作",
	"learning":    "learning course school training language lessons corso scuola formazione lezioni cours école formation curso escuela formación escola școală kurs shkollë курсы учёба школа курси навчання школа курс دورة تعليم مدرسة تدريب دروس 学习 课程",
	"children":    "children childcare mother baby pregnant bambini figli madre incinta enfants garde mère enceinte niños madre embarazada crianças mãe copii mamă fëmijë nënë дети мама беременность діти мати вагітність деца أطفال أم حضانة حامل 孩子 怀孕",
	"return":      "return going back home ritorno rimpatrio retour regreso retorno regresso întoarcere kthim возвращение домой повернення завръщане عودة 回国",
	"outreach":    "outreach street drop-in walk in unità di strada sportello bassa soglia maraude rue accueil de jour calle rua stradă rrugë улица аутрич вулиця аутріч улица شارع جولة 外展",
	"rights":      "rights advocacy network policy diritti plaidoyer droits derechos direitos drepturi të drejta права правозащита права адвокація права حقوق مناصرة 权利",
}

var kindWords = map[string]string{
	"organisation": "organisation organization association ngo associazione cooperativa organizzazione association organisation asociación organización associação asociație organizatë организация организація организация منظمة جمعية 组织",
	"service":      "service centre center servizio centro sportello service centre servicio serviço serviciu shërbim центр служба сервис послуга център خدمة مركز 服务",
	"helpline":     "helpline hotline line number phone call numero verde telefono linea ligne numéro téléphone línea teléfono linha telefone linie telefon linjë телефон линия горячая лінія гаряча телефон خط هاتف رقم 热线 电话",
	"network":      "network federation rete federazione réseau fédération red rede rețea rrjet сеть мережа мрежа شبكة 网络",
	"programme":    "programme program project programma progetto programme projet programa proyecto projeto program programi программа проект програма проєкт програма برنامج مشروع 项目",
	"public-body":  "public office state city authority ente pubblico comune regione ufficio service public mairie administration ayuntamiento prefeitura primărie autoritet государственный ведомство державний установа община بلدية دولة مكتب 政府",
	"funder":       "funder foundation grants finanziatore fondazione financeur fondation financiador fundación fundație donator фонд фонд фонд ممول مؤسسة 资助",
	"instrument":   "agreement protocol list accordo protocollo accord protocole acuerdo acordo acord marrëveshje соглашение угода споразумение اتفاق قائمة 协议",
}

// cityWords are the other names of cities that entries stand under.
var cityWords = map[string]string{
	"Torino": "Turin Turín تورينو 都灵 Турин", "Roma": "Rome روما 罗马 Рим", "Milano": "Milan ميلانو 米兰 Милан", "Genova": "Genoa Gênes جنوة",
	"Firenze": "Florence فلورنسا Флоренция", "Napoli": "Naples نابولي Неаполь", "Padova": "Padua Padoue بادوفا", "Pisa": "Pise بيزا", "Parma": "Parme بارما",
	"Venezia": "Venice Venise البندقية", "Bari": "باري", "Rimini": "ريميني", "Paris": "Parigi باريس 巴黎 Париж", "Nice": "Nizza نيس Ницца", "Marseille": "Marsiglia Marseilles مرسيليا Марсель",
	"Bratislava": "Братислава", "Bucharest": "București Bucarest Бухарест", "Amsterdam": "Амстердам", "Stuttgart": "Stoccarda", "Mostar": "Мостар",
	"Lviv": "Львів Львов Leopoli", "St Petersburg": "Санкт-Петербург Петербург San Pietroburgo", "Barnaul": "Барнаул", "Chelyabinsk": "Челябинск",
	"Kazan": "Казань", "Tomsk": "Томск", "Ascoli Piceno": "أسكولي", "Teramo": "تيرامو", "Ventimiglia": "Vintimille فنتيميليا",
}

// smallWords stand in every question and say nothing: "help in", "dove posso trovare".
const smallWords = `a an and are at can do for from find get help how i in is me my near need of on or some the to where who with
	a ad aiuto al alla che chi con cosa da dal dalla del della di dove e ho il in la le lo mi nel nella per posso serve su trovare un una
	à aide au aux avec besoin chez dans de des du en est et je la le les l où pour qui sur trouver un une
	ayuda con de del donde el en la los para por que un una ajuda com da do em onde para ajutor cu de din în la pentru unde ndihmë në për ku me
	в во где для и мне на нужна нужно помощь с у я в де для допомога з і мені на потрібна потрібно у я помощ за къде
	أحتاج أريد أين إلى على عن في لي من مساعدة مع هل و`
