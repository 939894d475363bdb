"""Places in sentences as bulletins of many countries write them: what is one, which one, and what is none."""

# ruff: noqa: E501 - a line a case

from __future__ import annotations

import pytest

from newsletter_extract import extract
from newsletter_extract.schema import Place


def places(text: str) -> list[Place]:
    return extract(text.encode(), name="passage").places


def given(text: str) -> list[str]:
    """Each place as "name as written:country"."""
    return [f"{p.text}:{p.country or '-'}" for p in places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Latin America and the Caribbean
        ("Agents seized 340 kg of cocaine in Buenaventura, Colombia.", "Buenaventura:CO Colombia:CO"),
        ("The boat left Barranquilla for Puerto Cortés, Honduras.", "Barranquilla:CO Puerto Cortés:HN Honduras:HN"),
        ("Police in San José, Costa Rica, stopped a lorry.", "San José:CR Costa Rica:CR"),
        ("A raid in Cartagena, Colombia, and one in Cartagena, Spain.", "Cartagena:CO Colombia:CO Cartagena:ES Spain:ES"),
        ("The Venezuelan police arrested him in Barcelona.", "Barcelona:VE"),
        ("Seizures in Sinaloa, Sonora and Baja California rose.", "Sinaloa:MX Sonora:MX Baja California:MX"),
        ("The load was found at Rumichaca border crossing, Ecuador.", "Rumichaca:EC Ecuador:EC"),
        ("Costa Rican officers at Paso Canoas checked a bus.", "Paso Canoas:CR"),
        ("They flew from Tocumen to Punta Cana, Dominican Republic.", "Tocumen:PA Punta Cana:DO Dominican Republic:DO"),
        ("Dominica and Grenada signed; so did Granada, Spain.", "Dominica:DM Grenada:GD Granada:ES Spain:ES"),
        ("A plane landed in the department of Petén, Guatemala.", "Petén:GT Guatemala:GT"),
        ("In Ciudad del Este, Paraguay, 40 boxes were opened.", "Ciudad del Este:PY Paraguay:PY"),
        ("At Jorge Chávez International Airport in Lima a man was held.", "Jorge Chávez International Airport:PE Lima:PE"),
        ("Kingston, Jamaica: a go-fast boat was stopped.", "Kingston:JM Jamaica:JM"),
        # Africa
        ("Customs in Lomé, Togo, opened the box.", "Lomé:TG Togo:TG"),
        ("The truck crossed from Niger into Nigeria at Jibiya.", "Niger:NE Nigeria:NG Jibiya:NG"),
        ("Guinea, Guinea-Bissau and Equatorial Guinea took part.", "Guinea:GN Guinea-Bissau:GW Equatorial Guinea:GQ"),
        ("The goods were bound for N’Djamena, Chad.", "N’Djamena:TD Chad:TD"),
        ("Ivory was seized at Mombasa port in Kenya.", "Mombasa port:KE Kenya:KE"),
        ("The lorry was stopped at the Chirundu One-Stop Border Post in Zambia.", "Chirundu:ZM Zambia:ZM"),
        ("A man flying from Entebbe to Dubai was arrested.", "Entebbe:UG Dubai:AE"),
        ("Tripoli, Libya, 3 May 2021: A boat was stopped.", "Tripoli:LY Libya:LY"),
        ("In Tripoli, Lebanon, the army found rifles.", "Tripoli:LB Lebanon:LB"),
        ("Rangers of Kruger National Park in Mpumalanga, South Africa.", "Kruger National Park:ZA Mpumalanga:ZA South Africa:ZA"),
        ("Three men from Goma, Democratic Republic of the Congo.", "Goma:CD Democratic Republic of the Congo:CD"),
        ("Two parcels from Brazzaville, Republic of the Congo.", "Brazzaville:CG Republic of the Congo:CG"),
        ("Khat was found at JKIA in Nairobi.", "JKIA:KE Nairobi:KE"),
        ("The suspect fled towards Aflao on the border with Togo.", "Aflao:GH Togo:TG"),
        ("Cannabis farms in KwaZulu-Natal and Eswatini were destroyed.", "KwaZulu-Natal:ZA Eswatini:SZ"),
        # Asia and the Gulf
        ("A bag was opened at Suvarnabhumi Airport, Bangkok.", "Suvarnabhumi Airport:TH Bangkok:TH"),
        ("The raid in Hyderabad, Pakistan, followed one in Hyderabad, India.", "Hyderabad:PK Pakistan:PK Hyderabad:IN India:IN"),
        ("Yaba tablets were found in Teknaf, Cox’s Bazar district, Bangladesh.", "Teknaf:BD Cox’s Bazar district:BD Bangladesh:BD"),
        ("The dhow was stopped in the Gulf of Oman.", "Gulf of Oman:-"),
        ("Captagon was hidden in a lorry at Al-Haditha, Saudi Arabia.", "Al-Haditha:SA Saudi Arabia:SA"),
        ("The King Fahd Causeway was closed for an hour.", "King Fahd Causeway:-"),
        ("A container from Jebel Ali was searched in Nhava Sheva.", "Jebel Ali:AE Nhava Sheva:IN"),
        ("Methamphetamine from Shan State, Myanmar, went to Chiang Rai.", "Shan State:MM Myanmar:MM Chiang Rai:TH"),
        ("Drivers at Bavet, Cambodia and Moc Bai, Vietnam were checked.", "Bavet:KH Cambodia:KH Moc Bai:VN Vietnam:VN"),
        ("Heroin came over the Torkham border point from Afghanistan.", "Torkham:AF Afghanistan:AF"),
        ("A courier was stopped at NAIA in Manila, Philippines.", "NAIA:PH Manila:PH Philippines:PH"),
        ("Amman, Jordan – 5 June 2020: Officers met.", "Amman:JO Jordan:JO"),
        # Caucasus and Central Asia
        ("Batumi, Georgia, hosted the course; the next is in Yerevan, Armenia.", "Batumi:GE Georgia:GE Yerevan:AM Armenia:AM"),
        ("The lorry came through Sadakhlo and Bagratashen.", "Sadakhlo:GE Bagratashen:AM"),
        ("At the Zhibek Zholy crossing Kazakh guards found 12 kg.", "Zhibek Zholy:KZ"),
        ("Osh and Batken regions of Kyrgyzstan.", "Osh:KG Batken regions:KG Kyrgyzstan:KG"),
        # The Pacific
        ("A yacht was searched off Suva, Fiji.", "Suva:FJ Fiji:FJ"),
        ("The parcel went from Nuku’alofa, Tonga, to Auckland.", "Nuku’alofa:TO Tonga:TO Auckland:NZ"),
        ("The drugs were found in Lae, Papua New Guinea.", "Lae:PG Papua New Guinea:PG"),
        # Europe
        ("A passenger from Niš was stopped at Horgoš–Röszke.", "Niš:RS Horgoš–Röszke:RS"),
        ("The lorry was checked at the Batrovci/Bajakovo crossing.", "Batrovci/Bajakovo:RS"),
        ("KOSOVO*, Prishtina: three men were arrested.", "KOSOVO:XK Prishtina:XK"),
        ("ROMANIA – CONSTANȚA, 9 October 2021: A container was opened.", "ROMANIA:RO CONSTANȚA:RO"),
        ("Cigarettes were found at Terespol on the border with Belarus.", "Terespol:PL Belarus:BY"),
        ("The Strait of Gibraltar and the Adriatic Sea are watched.", "Strait of Gibraltar:- Adriatic Sea:-"),
        ("Police in Birmingham, United Kingdom, and Birmingham, Alabama.", "Birmingham:GB United Kingdom:GB Birmingham:US Alabama:US"),
        ("The Serbian police searched a flat in Belgrade.", "Belgrade:RS"),
        ("Officers from Lisboa, Wien and Warszawa came.", "Lisboa:PT Wien:AT Warszawa:PL"),
        ("A rave in Nice, a flat in Split and a van near Bar, Montenegro.", "Nice:FR Split:HR Bar:ME Montenegro:ME"),
        ("Rotterdam and Antwerp remain the main ports of entry.", "Rotterdam:NL Antwerp:BE"),
        # North America
        ("Agents at the San Ysidro Port of Entry, California.", "San Ysidro:US California:US"),
        ("The tax lost in Leeds was put at US$5.4 million, about US$ 300 a head.", "Leeds:GB"),
        ("Atlanta, Georgia: a stash house was searched.", "Atlanta:US Georgia:US"),
        ("A rancher in Cochise County, Arizona, called.", "Cochise County:US Arizona:US"),
        ("The truck was stopped in Victoria, British Columbia.", "Victoria:CA British Columbia:CA"),
        ("The Seychelles Coast Guard towed it to Victoria.", "Victoria:SC"),
        ("From Springfield, Illinois, it went to London, Ontario.", "Springfield:US Illinois:US London:CA Ontario:CA"),
        ("A tunnel ran from Tijuana to Otay Mesa.", "Tijuana:MX Otay Mesa:US"),
        # regions over countries, waters
        ("West Africa, the Sahel and the Horn of Africa.", "West Africa:- Sahel:- Horn of Africa:-"),
        ("On the Drina River and on Lake Victoria boats were searched.", "Drina River:- Lake Victoria:-"),
        # makes, bodies, namesakes, and other languages
        ("A Toyota Tacoma was left at Lebombo, South Africa.", "Lebombo:ZA South Africa:ZA"),
        ("In Kempton Park, Gauteng, a van was stopped.", "Kempton Park:ZA Gauteng:ZA"),
        ("He was held at the Blue Water Bridge in Sarnia, Ontario.", "Blue Water Bridge:CA Sarnia:CA Ontario:CA"),
        ("He was held at the Blue Water Bridge in Michigan.", "Blue Water Bridge:US Michigan:US"),
        ("The Ogun State Command of Nigeria Customs burnt rice at Idiroko.", "Idiroko:NG"),
        ("Ganja was found in Ganja, Azerbaijan.", "Ganja:AZ Azerbaijan:AZ"),
        ("Judge Marco Messina and Inspector Chelsea Darwin spoke in Perth.", "Perth:AU"),
        ("A boat drifted near Ontong Java, Solomon Islands.", "Solomon Islands:SB"),
        ("The camera came from Osh and Talas in Kyrgyzstan.", "Osh:KG Talas:KG Kyrgyzstan:KG"),
        ("Der Wagen kam aus Polen und wurde bei Görlitz gestoppt.", "Polen:PL Görlitz:DE"),
        ("Les défenses venaient de Zambie.", "Zambie:ZM"),
        ("La carga fue hallada en Egipto.", "Egipto:EG"),
        ("Arrests followed in Bo, Kenema and Makeni, Sierra Leone.", "Bo:SL Kenema:SL Makeni:SL Sierra Leone:SL"),
        ("A flat in Dundalk, County Monaghan, was searched.", "Dundalk:IE County Monaghan:IE"),
        ("The course was run from Canberra and Wellington.", "Canberra:AU Wellington:NZ"),
        ("It was closed by the Minister. Singapore will be host in 2021.", "Singapore:SG"),
        ("Date | Place | Vessel | Litres\n3 May 2021 | Vidin | Siret | 400\n5 May 2021 | Ruse | Tisa | 900", "Vidin:BG Ruse:BG"),
        # codes of countries, states and provinces behind a name, and brackets that belong to it
        ("Officers in Kiefersfelden (DE) and Kufstein (AT) met; one of Lwówkowo (PL) was ill.", "Kiefersfelden:DE Kufstein:AT Lwówkowo:PL"),
        ("A lorry from Tarvisio (IT) was stopped at Villach (AT).", "Tarvisio:IT Villach:AT"),
        ("Leaders met in Addis Ababa (AU) and Geneva (ITU).", "Addis Ababa:ET Geneva:CH"),
        ("A man from London (ON) and one from Lincoln, NE were held.", "London:CA Lincoln:US"),
        ("The Brazilian police opened a box in Vitória (ES).", "Vitória:BR"),
        ("The lorry came from Frankfurt (Oder) and not from Frankfurt.", "Frankfurt (Oder):DE Frankfurt:DE"),
        ("A box from Cordoba, in southern Spain, and one from Cordoba, northern Argentina.", "Cordoba:ES Spain:ES Cordoba:AR Argentina:AR"),
        # words before and behind that make a name a place's
        ("FIR No. 12/2019 – PS Sukkur, District Khipropur – 3 May 2019", "Sukkur:PK Khipropur:PK"),
        ("Bags bound for Setúbal were opened; a ship left for Tangier.", "Setúbal:PT Tangier:MA"),
        ("He came off the Ostend ferry. A Ballarat man, 30, of Australia was held.", "Ostend:BE Ballarat:AU Australia:AU"),
        ("It was the largest haul at a UK port.", "UK:GB"),
        ("They had shops in Larkana and Qambarabad until 2019.", "Larkana:PK Qambarabad:PK"),
        ("Police in the UAE acted.\n\nJibiya, Al Ain, 3 May 2019: A car of the United Arab Emirates was held.", "UAE:AE Jibiya:AE Al Ain:AE United Arab Emirates:AE"),
        ("Members came from Georgia, Jordan and Niger.", "Georgia:GE Jordan:JO Niger:NE"),
        # names that no list has
        ("A garage in the village of Qarabulaqli, Azerbaijan, was searched.", "Qarabulaqli:AZ Azerbaijan:AZ"),
        ("Kenyan officers stopped a lorry near Olkimatundu.", "Olkimatundu:KE"),
        # misread names
        ("A lorry from Begrade was stopped in Skopje.", "Begrade:RS Skopje:MK"),
        ("The man flew from lstanbul to Tirana.", "Istanbul:TR Tirana:AL"),
    ],
)  # fmt: skip
def test_places(text: str, expected: str) -> None:
    assert " ".join(given(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Officer Jordan Paris and Dr. Flora Milan thanked Ms Sofia Lopez.",
        "Ali Hassan and Florence Madison were arrested.",
        "Operation Marseille ended; Operation SILK HEM went on.",
        "The Vienna Convention, the Rome Statute and the Sarajevo Declaration were read out.",
        "Tokyo Customs and the Kenya Revenue Authority signed.",
        "Panama hats, Turkey meat and Brazil nuts were in the boxes.",
        "The MV Barcelona and the vessel “Istanbul” were searched.",
        "Reading the list was nice; most of the same officers split, and begin again at the bar.",
        "In March and May the Police will be there. In August, Joint teams begin. Same for June.",
        "Bulgarian, Dutch and South Korean experts spoke to Serbian colleagues.",
        "Mobile phones, Bar codes and Orange juice.",
        "The HEM unit, the ACCU and the JPCU met the BCP team.",
        "Of the suspects, Most were Young; Police and Customs held them.",
        "He works for Bank Muscat and Radio Tirana.",
        "The District Attorney and the Police Station Master read the report of the Ranger.",
        "COAST DIGEST, 3 May 2019 — the Harbour Eye, 5 May 2019",
        "The Southwest Sector and the Central Region sent a log.",
        "The Lincoln family sent boxes for Austin; a Nice man took them.",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert given(text) == []


def test_a_town_with_namesakes_elsewhere_is_no_sure_place() -> None:
    place = places("Officers in Shannon found herbal cannabis. It came from Toronto.")[0]
    assert place.confidence < 0.9
