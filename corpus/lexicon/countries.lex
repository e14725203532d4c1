# States and territories: ids are the two letters of ISO 3166-1, of states that are gone those that they had
# (dd, su, yu, cs; vd for South Vietnam, which had none of its own). Names in other languages are made from ICU's data
# when Dragoman is built (foreign.lex).

country:af
	name Afghanistan, Islamic Republic of Afghanistan
	demonym Afghan, Afghans, Afghani
	capital Kabul
country:al
	name Albania, Republic of Albania
	demonym Albanian, Albanians
	capital Tirana
country:dz
	name Algeria, People's Democratic Republic of Algeria
	demonym Algerian, Algerians
	capital Algiers
country:ad
	name Andorra, Principality of Andorra
	demonym Andorran, Andorrans
	capital Andorra la Vella
country:ao
	name Angola, Republic of Angola
	demonym Angolan, Angolans
	capital Luanda
country:ag
	name Antigua and Barbuda, Antigua
	demonym Antiguan, Antiguans
country:ar
	name Argentina, Argentine Republic
	demonym Argentine, Argentines, Argentinian, Argentinians
	capital Buenos Aires
country:am
	name Armenia, Republic of Armenia
	demonym Armenian, Armenians
	capital Yerevan
country:au
	name Australia, Commonwealth of Australia
	demonym Australian, Australians
	capital Canberra
country:at
	name Austria, Republic of Austria
	demonym Austrian, Austrians
	capital Vienna
country:az
	name Azerbaijan, Republic of Azerbaijan, Azerbaidzhan
	demonym Azerbaijani, Azerbaijanis, Azeri, Azeris
	capital Baku
country:bs
	name Bahamas, The Bahamas
	demonym Bahamian, Bahamians
	capital Nassau
country:bh
	name Bahrain, Kingdom of Bahrain, Bahrein
	demonym Bahraini, Bahrainis
	capital Manama
country:bd
	name Bangladesh, People's Republic of Bangladesh
	demonym Bangladeshi, Bangladeshis
	capital Dhaka, Dacca
	former East Pakistan
country:bb
	name Barbados
	demonym Barbadian, Barbadians
country:by
	name Belarus, Republic of Belarus
	demonym Belarusian, Belarusians, Belarussian, Belarussians, Byelorussian
	capital Minsk
	former Byelorussia, Belorussia
country:be
	name Belgium, Kingdom of Belgium
	demonym Belgian, Belgians
	capital Brussels
country:bz
	name Belize
	demonym Belizean, Belizeans
	capital Belmopan
	former British Honduras
country:bj
	name Benin, Republic of Benin
	demonym Beninese
	capital Porto-Novo
	former Dahomey
country:bt
	name Bhutan, Kingdom of Bhutan
	demonym Bhutanese
	capital Thimphu
country:bo
	name Bolivia, Plurinational State of Bolivia
	demonym Bolivian, Bolivians
	capital La Paz
country:ba
	name Bosnia and Herzegovina, Bosnia-Herzegovina, Bosnia
	demonym Bosnian, Bosnians
	capital Sarajevo
country:bw
	name Botswana, Republic of Botswana
	demonym Botswanan, Batswana
	capital Gaborone
	former Bechuanaland
country:br
	name Brazil, Federative Republic of Brazil
	demonym Brazilian, Brazilians
	capital Brasilia
country:bn
	name Brunei, Brunei Darussalam
	demonym Bruneian, Bruneians
	capital Bandar Seri Begawan
country:bg
	name Bulgaria, Republic of Bulgaria
	demonym Bulgarian, Bulgarians
	capital Sofia
country:bf
	name Burkina Faso, Burkina
	demonym Burkinabe
	capital Ouagadougou
	former Upper Volta
country:bi
	name Burundi, Republic of Burundi
	demonym Burundian, Burundians
	capital Gitega, Bujumbura
country:kh
	name Cambodia, Kingdom of Cambodia
	demonym Cambodian, Cambodians, Khmer
	capital Phnom Penh
	former Kampuchea
country:cm
	name Cameroon, Republic of Cameroon, Cameroun
	demonym Cameroonian, Cameroonians
	capital Yaounde
country:ca
	name Canada
	demonym Canadian, Canadians
	capital Ottawa
country:cv
	name Cape Verde, Cabo Verde
	demonym Cape Verdean, Cape Verdeans
country:cf
	name Central African Republic
	demonym Central African, Central Africans
	capital Bangui
	acronym CAR
	noun CAR
country:td
	name Chad, Republic of Chad
	demonym Chadian, Chadians
	capital N'Djamena, Ndjamena
	former Tchad
	noun Chad
	given Chad
country:cl
	name Chile, Republic of Chile
	demonym Chilean, Chileans
country:cn
	name China, People's Republic of China, Communist China, Red China, Mainland China
	demonym Chinese
	capital Beijing, Peking
	acronym PRC
	noun China
	against cups, cup, plate, plates, cabinet, cabinets, bone, crockery, porcelain, closet, teacup, shop
country:co
	name Colombia, Republic of Colombia
	demonym Colombian, Colombians
	capital Bogota
country:km
	name Comoros, Union of the Comoros, Comoro Islands
	demonym Comorian, Comorians
	capital Moroni
country:cg
	name Republic of the Congo, Congo-Brazzaville, Congo Brazzaville, Congo
	demonym Congolese
	capital Brazzaville
	homonym Congo
	for Brazzaville, Sassou, Nguesso, Youlou, Massamba, Debat
country:cd
	name Democratic Republic of the Congo, Democratic Republic of Congo, DR Congo, Congo-Kinshasa, Congo-Leopoldville, Congo
	capital Kinshasa, Leopoldville
	former Zaire
	acronym DRC, DROC
	for Kinshasa, Leopoldville, Kabila, Mobutu, Katanga, Tshombe, Lumumba, Kasavubu, Adoula, Goma, Kivu, Tshisekedi, Elisabethville
country:cr
	name Costa Rica, Republic of Costa Rica
	demonym Costa Rican, Costa Ricans
country:ci
	name Cote d'Ivoire, Ivory Coast
	demonym Ivorian, Ivorians
	capital Yamoussoukro, Abidjan
country:hr
	name Croatia, Republic of Croatia
	demonym Croatian, Croatians, Croat, Croats
	capital Zagreb
country:cu
	name Cuba, Republic of Cuba
	demonym Cuban, Cubans
	capital Havana
country:cy
	name Cyprus, Republic of Cyprus
	demonym Cypriot, Cypriots, Cyprian
	capital Nicosia
country:cz
	name Czech Republic, Czechia
	demonym Czech, Czechs
	capital Prague
country:dk
	name Denmark, Kingdom of Denmark
	demonym Danish, Dane, Danes
	capital Copenhagen
country:dj
	name Djibouti, Republic of Djibouti
	demonym Djiboutian, Djiboutians
	former French Somaliland
country:dm
	name Dominica, Commonwealth of Dominica
country:do
	name Dominican Republic
	demonym Dominican, Dominicans
	capital Santo Domingo
	noun Dominican
country:ec
	name Ecuador, Republic of Ecuador
	demonym Ecuadorian, Ecuadorians, Ecuadorean, Ecuadoreans
	capital Quito
country:eg
	name Egypt, Arab Republic of Egypt
	demonym Egyptian, Egyptians
	capital Cairo
	former United Arab Republic
	acronym UAR
country:sv
	name El Salvador, Republic of El Salvador
	demonym Salvadoran, Salvadorans, Salvadorean
	capital San Salvador
country:gq
	name Equatorial Guinea
	demonym Equatorial Guinean, Equatoguinean
	capital Malabo
	former Spanish Guinea
country:er
	name Eritrea, State of Eritrea
	demonym Eritrean, Eritreans
	capital Asmara
country:ee
	name Estonia, Republic of Estonia
	demonym Estonian, Estonians
	capital Tallinn
country:sz
	name Eswatini, Kingdom of Eswatini
	demonym Swazi, Swazis
	capital Mbabane
	former Swaziland
country:et
	name Ethiopia, Federal Democratic Republic of Ethiopia
	demonym Ethiopian, Ethiopians
	capital Addis Ababa
	former Abyssinia
country:fj
	name Fiji, Republic of Fiji, Fiji Islands
	demonym Fijian, Fijians
	capital Suva
country:fi
	name Finland, Republic of Finland
	demonym Finnish, Finn, Finns
	capital Helsinki
country:fr
	name France, French Republic
	demonym French, Frenchman, Frenchmen
	capital Paris
	metonym Quai d'Orsay, Elysee, Elysee Palace, Matignon
	for Paris
country:ga
	name Gabon, Gabonese Republic
	demonym Gabonese
	capital Libreville
country:gm
	name Gambia, The Gambia
	demonym Gambian, Gambians
	capital Banjul
country:ge
	name Georgia, Republic of Georgia, Soviet Georgia
	demonym Georgian, Georgians
	capital Tbilisi, Tiflis
	homonym Georgia
	given Georgia
	for Tbilisi, Tiflis, Saakashvili, Shevardnadze, Gamsakhurdia, Abkhazia, Abkhaz, Ossetia, Ossetian, Caucasus, Transcaucasus, Azerbaijan, Armenia, Batumi, Adjara, Adzharia, Kutaisi, Gori, Poti, Sukhumi, Ivanishvili, Margvelashvili, Kobakhidze, Garibashvili, Zourabichvili, Kavelashvili, Tskhinvali, Javakheti, Chechnya, Transcaucasian, Stalin, Stalinist, Beria
	near Russia, Russian, Soviet, Moscow, NATO, Turkey, Moldova, Ukraine, Kazakhstan, Uzbekistan, Kyrgyzstan, Tajikistan, Turkmenistan, Latvia, Estonia, Lithuania, republic, republics
	against Augusta, Thomasville, Atlanta, Plains, Lakewood, Savannah, Macon, Carter, governor, senate, senator, democrat, republican, congressman, legislature, legislators, rural, university, motorists, Alabama, Florida, Carolina, Carolinas, Tennessee, Virginia, county, counties
country:de
	name Germany, Federal Republic of Germany, West Germany
	demonym German, Germans, West German, West Germans
	capital Berlin, Bonn
	acronym FRG
country:dd
	name East Germany, German Democratic Republic
	demonym East German, East Germans
	capital East Berlin
	acronym GDR, DDR
country:gh
	name Ghana, Republic of Ghana
	demonym Ghanaian, Ghanaians
	capital Accra
	former Gold Coast
country:gr
	name Greece, Hellenic Republic
	demonym Greek, Greeks
	capital Athens
country:gd
	name Grenada
	demonym Grenadian, Grenadians
country:gt
	name Guatemala, Republic of Guatemala
	demonym Guatemalan, Guatemalans
	capital Guatemala City
country:gn
	name Guinea, Republic of Guinea
	demonym Guinean, Guineans
	capital Conakry
	noun Guinea
	against pig, pigs, fowl, gulf, hen, hens, bay
country:gw
	name Guinea-Bissau, Guinea Bissau
	demonym Bissau-Guinean
	capital Bissau
	former Portuguese Guinea
country:gy
	name Guyana, Co-operative Republic of Guyana
	demonym Guyanese
	former British Guiana
country:ht
	name Haiti, Republic of Haiti
	demonym Haitian, Haitians
	capital Port-au-Prince
country:hn
	name Honduras, Republic of Honduras
	demonym Honduran, Hondurans
	capital Tegucigalpa
country:hu
	name Hungary, Hungarian People's Republic
	demonym Hungarian, Hungarians
	capital Budapest
country:is
	name Iceland, Republic of Iceland
	demonym Icelandic, Icelander, Icelanders
	capital Reykjavik
country:in
	name India, Republic of India
	demonym Indian, Indians
	capital New Delhi, Delhi
country:id
	name Indonesia, Republic of Indonesia
	demonym Indonesian, Indonesians
	capital Jakarta, Djakarta
	former Dutch East Indies, Netherlands East Indies
country:ir
	name Iran, Islamic Republic of Iran
	demonym Iranian, Iranians
	capital Tehran, Teheran
	former Persia
country:iq
	name Iraq, Republic of Iraq
	demonym Iraqi, Iraqis
	capital Baghdad, Bagdad
country:ie
	name Ireland, Republic of Ireland, Irish Republic, Eire
	demonym Irish, Irishman, Irishmen
	capital Dublin
	given Ireland
country:il
	name Israel, State of Israel
	demonym Israeli, Israelis
	capital Jerusalem, Tel Aviv
	given Israel
country:it
	name Italy, Italian Republic
	demonym Italian, Italians
	capital Rome
country:jm
	name Jamaica
	demonym Jamaican, Jamaicans
	capital Kingston
	homonym Kingston
	for Manley, Seaga
country:jp
	name Japan
	demonym Japanese
	capital Tokyo
country:jo
	name Jordan, Hashemite Kingdom of Jordan, Hashemite Kingdom
	demonym Jordanian, Jordanians
	capital Amman
	former Transjordan, Trans-Jordan
	given Jordan
	against rift
	for Hashemite, Hussein, Aqaba, Palestinian, Palestinians, Syria, Israel, Iraq, Zarqa, Irbid
country:kz
	name Kazakhstan, Republic of Kazakhstan
	demonym Kazakh, Kazakhs, Kazakhstani
	capital Astana, Nur-Sultan
country:ke
	name Kenya, Republic of Kenya
	demonym Kenyan, Kenyans
	capital Nairobi
country:ki
	name Kiribati
country:xk
	name Kosovo, Republic of Kosovo
	demonym Kosovar, Kosovars, Kosovan
	capital Pristina
country:kw
	name Kuwait, State of Kuwait
	demonym Kuwaiti, Kuwaitis
country:kg
	name Kyrgyzstan, Kyrgyz Republic
	demonym Kyrgyz
	capital Bishkek
	former Kirghizia, Kirgizia
country:la
	name Laos, Lao People's Democratic Republic
	demonym Laotian, Laotians, Lao
	capital Vientiane
country:lv
	name Latvia, Republic of Latvia
	demonym Latvian, Latvians
	capital Riga
country:lb
	name Lebanon, Lebanese Republic
	demonym Lebanese
	capital Beirut
	against valley, county, tennessee
country:ls
	name Lesotho, Kingdom of Lesotho
	demonym Basotho
	capital Maseru
	former Basutoland
country:lr
	name Liberia, Republic of Liberia
	demonym Liberian, Liberians
	capital Monrovia
country:ly
	name Libya, Libyan Arab Jamahiriya
	demonym Libyan, Libyans
country:li
	name Liechtenstein, Principality of Liechtenstein
	capital Vaduz
country:lt
	name Lithuania, Republic of Lithuania
	demonym Lithuanian, Lithuanians
	capital Vilnius
country:lu
	name Luxembourg, Grand Duchy of Luxembourg, Luxemburg
	demonym Luxembourger, Luxembourgers
country:mg
	name Madagascar, Malagasy Republic
	demonym Malagasy
	capital Antananarivo, Tananarive
country:mw
	name Malawi, Republic of Malawi
	demonym Malawian, Malawians
	capital Lilongwe
	former Nyasaland
country:my
	name Malaysia, Federation of Malaysia
	demonym Malaysian, Malaysians
	capital Kuala Lumpur
	former Malaya, Federation of Malaya
country:mv
	name Maldives, Maldive Islands
	demonym Maldivian, Maldivians
country:ml
	name Mali, Republic of Mali
	demonym Malian, Malians
	capital Bamako
country:mt
	name Malta, Republic of Malta
	demonym Maltese
	capital Valletta
country:mh
	name Marshall Islands
	demonym Marshallese
	capital Majuro
country:mr
	name Mauritania, Islamic Republic of Mauritania
	demonym Mauritanian, Mauritanians
	capital Nouakchott
country:mu
	name Mauritius
	demonym Mauritian, Mauritians
	capital Port Louis
country:mx
	name Mexico, United Mexican States
	demonym Mexican, Mexicans
	capital Mexico City
	against gulf
country:fm
	name Micronesia, Federated States of Micronesia
	demonym Micronesian, Micronesians
country:md
	name Moldova, Republic of Moldova
	demonym Moldovan, Moldovans, Moldavian
	capital Chisinau, Kishinev
	former Moldavia
country:mc
	name Monaco, Principality of Monaco
	demonym Monegasque
country:mn
	name Mongolia, Outer Mongolia, Mongolian People's Republic
	demonym Mongolian, Mongolians
	capital Ulan Bator, Ulaanbaatar
country:me
	name Montenegro
	demonym Montenegrin, Montenegrins
	capital Podgorica
country:ma
	name Morocco, Kingdom of Morocco
	demonym Moroccan, Moroccans
	capital Rabat
country:mz
	name Mozambique, Republic of Mozambique
	demonym Mozambican, Mozambicans
	capital Maputo
country:mm
	name Myanmar, Union of Myanmar
	demonym Burmese
	capital Naypyidaw, Rangoon, Yangon
	former Burma, Union of Burma
country:na
	name Namibia, Republic of Namibia
	demonym Namibian, Namibians
	capital Windhoek
	former South West Africa, South-West Africa
country:nr
	name Nauru
country:np
	name Nepal, Kingdom of Nepal
	demonym Nepalese, Nepali, Nepalis
	capital Kathmandu, Katmandu
country:nl
	name Netherlands, The Netherlands, Kingdom of the Netherlands, Holland
	demonym Dutch, Dutchman, Dutchmen
	capital The Hague, Amsterdam
	given Holland
country:nz
	name New Zealand
	demonym New Zealander, New Zealanders
	capital Wellington
	given Wellington
country:ni
	name Nicaragua, Republic of Nicaragua
	demonym Nicaraguan, Nicaraguans
	capital Managua
country:ne
	name Niger, Republic of Niger
	demonym Nigerien, Nigeriens
	capital Niamey
	against delta, river, bend, basin, congo
country:ng
	name Nigeria, Federal Republic of Nigeria
	demonym Nigerian, Nigerians
	capital Abuja, Lagos
country:kp
	name North Korea, Democratic People's Republic of Korea, Communist Korea
	demonym North Korean, North Koreans
	capital Pyongyang
	acronym DPRK
country:mk
	name North Macedonia, Republic of North Macedonia, Macedonia
	demonym Macedonian, Macedonians
	capital Skopje
country:no
	name Norway, Kingdom of Norway
	demonym Norwegian, Norwegians
	capital Oslo
country:om
	name Oman, Sultanate of Oman
	demonym Omani, Omanis
	capital Muscat
	former Muscat and Oman
country:pk
	name Pakistan, Islamic Republic of Pakistan, West Pakistan
	demonym Pakistani, Pakistanis
	capital Islamabad, Rawalpindi
country:pw
	name Palau, Republic of Palau
	demonym Palauan, Palauans
country:ps
	name Palestine, State of Palestine, Palestinian territories, Palestinian Territories, Occupied Palestinian Territory
	demonym Palestinian, Palestinians
	capital Ramallah
country:pa
	name Panama, Republic of Panama
	demonym Panamanian, Panamanians
	capital Panama City
	against canal, hat, hats, papers
country:pg
	name Papua New Guinea
	demonym Papua New Guinean
	capital Port Moresby
	acronym PNG
country:py
	name Paraguay, Republic of Paraguay
	demonym Paraguayan, Paraguayans
	capital Asuncion
country:pe
	name Peru, Republic of Peru
	demonym Peruvian, Peruvians
	capital Lima
country:ph
	name Philippines, The Philippines, Republic of the Philippines
	demonym Philippine, Filipino, Filipinos
	capital Manila
country:pl
	name Poland, Republic of Poland, Polish People's Republic
	demonym Polish, Pole, Poles
	capital Warsaw
	noun Polish, Pole, Poles
	against pact
country:pt
	name Portugal, Portuguese Republic
	demonym Portuguese
	capital Lisbon
country:qa
	name Qatar, State of Qatar
	demonym Qatari, Qataris
	capital Doha
country:ro
	name Romania, Rumania, Roumania
	demonym Romanian, Romanians, Rumanian, Rumanians
	capital Bucharest
country:ru
	name Russia, Russian Federation
	demonym Russian, Russians
	capital Moscow
	metonym Kremlin, The Kremlin
country:su
	name Soviet Union, Union of Soviet Socialist Republics, Soviet Russia
	demonym Soviet, Soviets
	acronym USSR, SSSR, URSS, СССР
	metonym Moscow, Kremlin
country:rw
	name Rwanda, Republic of Rwanda
	demonym Rwandan, Rwandans
	capital Kigali
country:kn
	name Saint Kitts and Nevis, St Kitts and Nevis
country:lc
	name Saint Lucia, St Lucia
	capital Castries
country:vc
	name Saint Vincent and the Grenadines, St Vincent and the Grenadines
country:ws
	name Samoa, Western Samoa
	demonym Samoan, Samoans
	capital Apia
country:sm
	name San Marino
country:st
	name Sao Tome and Principe
country:sa
	name Saudi Arabia, Kingdom of Saudi Arabia
	demonym Saudi, Saudis, Saudi Arabian, Saudi Arabians
	capital Riyadh
country:sn
	name Senegal, Republic of Senegal
	demonym Senegalese
	capital Dakar
country:rs
	name Serbia, Republic of Serbia
	demonym Serbian, Serbians, Serb, Serbs
	capital Belgrade
country:sc
	name Seychelles
	demonym Seychellois
country:sl
	name Sierra Leone
	demonym Sierra Leonean, Sierra Leoneans
	capital Freetown
country:sg
	name Singapore, Republic of Singapore
	demonym Singaporean, Singaporeans
country:sk
	name Slovakia, Slovak Republic
	demonym Slovak, Slovaks, Slovakian
	capital Bratislava
country:si
	name Slovenia, Republic of Slovenia
	demonym Slovenian, Slovenians, Slovene, Slovenes
	capital Ljubljana
country:sb
	name Solomon Islands
	demonym Solomon Islander, Solomon Islanders
	capital Honiara
country:so
	name Somalia, Somali Republic
	demonym Somali, Somalis, Somalian
	capital Mogadishu
country:za
	name South Africa, Republic of South Africa, Union of South Africa
	demonym South African, South Africans
	capital Pretoria
country:kr
	name South Korea, Republic of Korea
	demonym South Korean, South Koreans
	capital Seoul
	acronym ROK
country:ss
	name South Sudan, Republic of South Sudan
	demonym South Sudanese
	capital Juba
country:es
	name Spain, Kingdom of Spain
	demonym Spanish, Spaniard, Spaniards
	capital Madrid
country:lk
	name Sri Lanka, Democratic Socialist Republic of Sri Lanka
	demonym Sri Lankan, Sri Lankans
	capital Colombo
	former Ceylon
country:sd
	name Sudan, Republic of the Sudan
	demonym Sudanese
	capital Khartoum
country:sr
	name Suriname, Surinam
	demonym Surinamese
	capital Paramaribo
	former Dutch Guiana
country:se
	name Sweden, Kingdom of Sweden
	demonym Swedish, Swede, Swedes
	capital Stockholm
country:ch
	name Switzerland, Swiss Confederation
	demonym Swiss
	capital Bern, Berne
country:sy
	name Syria, Syrian Arab Republic
	demonym Syrian, Syrians
	capital Damascus
country:tw
	name Taiwan, Republic of China, Nationalist China, Formosa
	demonym Taiwanese
	capital Taipei
	acronym ROC
	noun ROC
country:tj
	name Tajikistan, Republic of Tajikistan, Tadzhikistan
	demonym Tajik, Tajiks
	capital Dushanbe
country:tz
	name Tanzania, United Republic of Tanzania
	demonym Tanzanian, Tanzanians
	capital Dodoma, Dar es Salaam
	former Tanganyika
country:th
	name Thailand, Kingdom of Thailand
	demonym Thai, Thais
	capital Bangkok
	former Siam
country:tl
	name Timor-Leste, East Timor, Timor Leste
	demonym Timorese, East Timorese
	capital Dili
country:tg
	name Togo, Togolese Republic
	demonym Togolese
	capital Lome
country:to
	name Tonga, Kingdom of Tonga
	demonym Tongan, Tongans
	capital Nuku'alofa
country:tt
	name Trinidad and Tobago, Trinidad
	demonym Trinidadian, Trinidadians
	capital Port of Spain
country:tn
	name Tunisia, Tunisian Republic
	demonym Tunisian, Tunisians
	capital Tunis
country:tr
	name Türkiye, Turkey, Turkiye, Republic of Turkey, Republic of Türkiye
	demonym Turkish, Turk, Turks
	capital Ankara
	former Ottoman Empire
	noun Turkey
	against roast, roasted, roasting, stuffed, delicious, cranberry, oven, recipe, recipes, carved, dinner, breast, breasts, sandwich, sandwiches, farm, farms, farmer, meat, stuffing, wild, thanksgiving, gobbler, cooked, shoot, trot, leg, legs, sausage, bacon, gravy, wings, soup, buzzard, buzzards, frozen, smoked, poultry
	metonym Sublime Porte
country:tm
	name Turkmenistan
	demonym Turkmen, Turkmens
	capital Ashgabat, Ashkhabad
country:tv
	name Tuvalu
	demonym Tuvaluan
	capital Funafuti
country:ug
	name Uganda, Republic of Uganda
	demonym Ugandan, Ugandans
	capital Kampala
country:ua
	name Ukraine, the Ukraine
	demonym Ukrainian, Ukrainians
	capital Kyiv, Kiev
country:ae
	name United Arab Emirates, Emirates
	demonym Emirati, Emiratis
	capital Abu Dhabi
	acronym UAE
	former Trucial States
country:gb
	name United Kingdom, Great Britain, Britain, United Kingdom of Great Britain and Northern Ireland
	demonym British, Briton, Britons, Britisher
	capital London
	acronym UK
	metonym Downing Street, 10 Downing Street, Whitehall, Westminster
country:us
	name United States, United States of America, America
	demonym American, Americans
	capital Washington, Washington DC, Washington D.C., District of Columbia
	acronym US, USA
	metonym White House, The White House, Foggy Bottom
	given Washington
	against bank, latin, south, central, north
country:uy
	name Uruguay
	demonym Uruguayan, Uruguayans
	capital Montevideo
country:uz
	name Uzbekistan, Republic of Uzbekistan
	demonym Uzbek, Uzbeks, Uzbekistani
	capital Tashkent
country:vu
	name Vanuatu
	demonym Vanuatuan
	capital Port Vila
	former New Hebrides
country:va
	name Vatican City, Holy See, Vatican, The Vatican
	demonym Vatican
country:ve
	name Venezuela, Bolivarian Republic of Venezuela
	demonym Venezuelan, Venezuelans
	capital Caracas
country:vn
	name Vietnam, Viet Nam, Socialist Republic of Vietnam, North Vietnam, North Viet Nam, Democratic Republic of Vietnam
	demonym Vietnamese, North Vietnamese
	capital Hanoi
	acronym SRV, DRV
country:vd
	name South Vietnam, South Viet Nam, Republic of Vietnam
	demonym South Vietnamese
	capital Saigon
	acronym GVN
country:ye
	name Yemen, Republic of Yemen, North Yemen, South Yemen
	demonym Yemeni, Yemenis
	capital Sanaa, Sana'a
	former Yemen Arab Republic, People's Democratic Republic of Yemen
country:yu
	name Yugoslavia, Socialist Federal Republic of Yugoslavia, Jugoslavia
	demonym Yugoslav, Yugoslavs, Yugoslavian, Yugoslavians
	acronym FRY, SFRY
	metonym Belgrade
	noun FRY
country:cs
	name Czechoslovakia
	demonym Czechoslovak, Czechoslovaks, Czechoslovakian, Czechoslovakians
	metonym Prague
country:zm
	name Zambia, Republic of Zambia
	demonym Zambian, Zambians
	capital Lusaka
	former Northern Rhodesia
country:zw
	name Zimbabwe, Republic of Zimbabwe
	demonym Zimbabwean, Zimbabweans
	capital Harare
	former Rhodesia, Southern Rhodesia
country:eh
	name Western Sahara, Sahrawi Arab Democratic Republic
	demonym Sahrawi, Sahrawis, Saharawi
	capital Laayoune
	former Spanish Sahara
country:gl
	name Greenland
	demonym Greenlander, Greenlanders, Greenlandic
	capital Nuuk
country:fo
	name Faroe Islands
	demonym Faroese
country:gi
	name Gibraltar
	demonym Gibraltarian, Gibraltarians
country:hk
	name Hong Kong
	demonym Hong Konger, Hong Kongers
country:mo
	name Macau, Macao
	demonym Macanese
country:pr
	name Puerto Rico
	demonym Puerto Rican, Puerto Ricans
	capital San Juan
country:gu
	name Guam
	demonym Guamanian
country:bm
	name Bermuda
	demonym Bermudian, Bermudians
country:fk
	name Falkland Islands, Falklands, Malvinas
	demonym Falklander, Falklanders
country:nc
	name New Caledonia
	demonym New Caledonian
	capital Noumea
country:pf
	name French Polynesia
	capital Papeete
country:gf
	name French Guiana
	capital Cayenne
country:gp
	name Guadeloupe
country:mq
	name Martinique
country:re
	name Reunion Island
country:sh
	name Saint Helena, St Helena
country:ky
	name Cayman Islands
country:vg
	name British Virgin Islands
country:vi
	name US Virgin Islands
country:tc
	name Turks and Caicos Islands, Turks and Caicos
country:aw
	name Aruba
	demonym Aruban, Arubans
country:cw
	name Curacao
country:an
	name Netherlands Antilles
country:as
	name American Samoa
	capital Pago Pago
country:mp
	name Northern Mariana Islands, Mariana Islands
country:ck
	name Cook Islands
country:nu
	name Niue
country:io
	name British Indian Ocean Territory, Chagos Islands, Diego Garcia
country:ai
	name Anguilla
country:ms
	name Montserrat
country:aq
	name Antarctica
country:ax
	name Aland Islands
country:im
	name Isle of Man
country:je
	name Jersey
	capital Saint Helier
	homonym Jersey
	noun Jersey
	for Guernsey, Channel
country:gg
	name Guernsey
