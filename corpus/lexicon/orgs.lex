# Organisations and alliances, with their acronyms in the languages that news has them in.

org:nato
	name North Atlantic Treaty Organization, North Atlantic Treaty Organisation, North Atlantic Alliance, Atlantic Alliance
	acronym NATO, OTAN, НАТО
org:un
	name United Nations, United Nations Organization, United Nations Organisation
	acronym UN, UNO, ONU, ООН, VN
org:eu
	name European Union
	acronym EU, UE, ЕС
	metonym Brussels
	former European Community, European Communities, European Economic Community, Common Market
	acronym EEC
org:iaea
	name International Atomic Energy Agency
	acronym IAEA, AIEA, МАГАТЭ, OIEA
org:un-security-council
	name United Nations Security Council, UN Security Council, U.N. Security Council, Security Council
	acronym UNSC
org:un-general-assembly
	name United Nations General Assembly, UN General Assembly, U.N. General Assembly, General Assembly
	acronym UNGA
org:unesco
	name United Nations Educational Scientific and Cultural Organization
	acronym UNESCO, ЮНЕСКО
org:unicef
	name United Nations Children's Fund
	acronym UNICEF, ЮНИСЕФ
org:unhcr
	name United Nations High Commissioner for Refugees, Office of the United Nations High Commissioner for Refugees
	acronym UNHCR, ACNUR, УВКБ
org:undp
	name United Nations Development Programme, United Nations Development Program
	acronym UNDP, PNUD, ПРООН
org:unctad
	name United Nations Conference on Trade and Development
	acronym UNCTAD, CNUCED, ЮНКТАД
org:unrwa
	name United Nations Relief and Works Agency
	acronym UNRWA, БАПОР
org:unifil
	name United Nations Interim Force in Lebanon
	acronym UNIFIL, FINUL
org:wfp
	name World Food Programme, World Food Program
	acronym WFP
org:fao
	name Food and Agriculture Organization, Food and Agriculture Organisation
	acronym FAO, ФАО
org:ilo
	name International Labour Organization, International Labor Organization
	acronym ILO, OIT, МОТ
org:who
	name World Health Organization, World Health Organisation
	acronym WHO, OMS, ВОЗ
	noun WHO
org:wto
	name World Trade Organization, World Trade Organisation
	acronym WTO, OMC, ВТО
org:gatt
	name General Agreement on Tariffs and Trade
	acronym GATT
org:imf
	name International Monetary Fund
	acronym IMF, FMI, МВФ, IWF
org:world-bank
	name World Bank, International Bank for Reconstruction and Development
	acronym IBRD, BIRD, МБРР
	noun BIRD
org:icj
	name International Court of Justice, World Court
	acronym ICJ, CIJ
org:icc
	name International Criminal Court
	acronym ICC, CPI
	noun CPI
org:icty
	name International Criminal Tribunal for the former Yugoslavia
	acronym ICTY
org:opcw
	name Organisation for the Prohibition of Chemical Weapons, Organization for the Prohibition of Chemical Weapons
	acronym OPCW, OIAC, ОЗХО
org:osce
	name Organization for Security and Co-operation in Europe, Organization for Security and Cooperation in Europe, Organisation for Security and Co-operation in Europe
	former Conference on Security and Cooperation in Europe
	acronym OSCE, OSZE, ОБСЕ, CSCE
org:oecd
	name Organisation for Economic Co-operation and Development, Organization for Economic Cooperation and Development
	acronym OECD, OCDE, ОЭСР
org:opec
	name Organization of the Petroleum Exporting Countries, Organisation of Petroleum Exporting Countries, Organization of Petroleum Exporting Countries
	acronym OPEC, OPEP, ОПЕК
org:arab-league
	name Arab League, League of Arab States
org:gcc
	name Gulf Cooperation Council, Gulf Co-operation Council
	acronym GCC
org:oic
	name Organisation of Islamic Cooperation, Organization of Islamic Cooperation, Islamic Conference, Organization of the Islamic Conference
	acronym OIC
org:african-union
	name African Union
	former Organization of African Unity, Organisation of African Unity
	acronym OAU
org:ecowas
	name Economic Community of West African States
	acronym ECOWAS, CEDEAO
org:sadc
	name Southern African Development Community
	acronym SADC
org:asean
	name Association of Southeast Asian Nations, Association of South East Asian Nations
	acronym ASEAN, АСЕАН
org:apec
	name Asia-Pacific Economic Cooperation
	acronym APEC, АТЭС
org:seato
	name Southeast Asia Treaty Organization
	acronym SEATO, OTASE
org:cento
	name Central Treaty Organization, Baghdad Pact
	acronym CENTO
org:anzus
	name Australia New Zealand United States Security Treaty
	acronym ANZUS
org:aukus
	acronym AUKUS
org:quad
	name Quadrilateral Security Dialogue
org:oas
	name Organization of American States, Organisation of American States
	acronym OAS, OEA
org:mercosur
	name Southern Common Market, Mercosur, Mercosul
org:caricom
	name Caribbean Community
	acronym CARICOM
org:celac
	acronym CELAC
org:alba
	name Bolivarian Alliance
org:efta
	name European Free Trade Association
	acronym EFTA, EFTA, AELE
org:euratom
	name European Atomic Energy Community, Euratom
org:council-of-europe
	name Council of Europe
org:echr
	name European Court of Human Rights
	acronym ECHR, CEDH, ECtHR
org:european-commission
	name European Commission
org:european-council
	name European Council
org:european-parliament
	name European Parliament
org:ecb
	name European Central Bank
	acronym ECB, EZB, BCE
org:europol
	name Europol
org:interpol
	name Interpol, International Criminal Police Organization
org:warsaw-pact
	name Warsaw Pact, Warsaw Treaty Organization
org:comecon
	name Council for Mutual Economic Assistance, Comecon
	acronym CMEA, COMECON, СЭВ
org:cis
	name Commonwealth of Independent States
	acronym CIS, СНГ, CEI
org:csto
	name Collective Security Treaty Organization, Collective Security Treaty Organisation
	acronym CSTO, ОДКБ
org:sco
	name Shanghai Cooperation Organization, Shanghai Cooperation Organisation, Shanghai Co-operation Organisation
	acronym SCO, ШОС, OCS
org:brics
	acronym BRICS, БРИКС
org:g7
	name Group of Seven
	acronym G7
org:g8
	name Group of Eight
	acronym G8
org:g20
	name Group of Twenty
	acronym G20
org:g77
	name Group of 77
	acronym G77
org:commonwealth
	name Commonwealth of Nations
org:non-aligned
	name Non-Aligned Movement, Nonaligned Movement
	acronym NAM
	noun NAM
org:turkic-states
	name Organization of Turkic States, Organisation of Turkic States, Turkic Council
	acronym OTS
org:league-of-nations
	name League of Nations
org:red-cross
	name International Committee of the Red Cross, Red Cross
	acronym ICRC, CICR, МККК
org:amnesty
	name Amnesty International
org:hrw
	name Human Rights Watch
	acronym HRW
org:msf
	name Doctors Without Borders, Medecins Sans Frontieres
	acronym MSF
org:ioc
	name International Olympic Committee
	acronym IOC
org:nuclear-suppliers
	name Nuclear Suppliers Group
	acronym NSG
org:plo
	name Palestine Liberation Organization, Palestine Liberation Organisation
	acronym PLO, OLP, ООП
org:palestinian-authority
	name Palestinian Authority, Palestinian National Authority
org:hamas
	name Hamas, Islamic Resistance Movement
org:hezbollah
	name Hezbollah, Hizbollah, Hizballah, Hizbullah
org:houthis
	name Houthis, Houthi, Ansar Allah
org:taliban
	name Taliban, Taleban
org:al-qaeda
	name Al-Qaeda, Al Qaeda, al-Qaida, Al-Qaida, Al Qaida
org:isis
	name Islamic State of Iraq and Syria, Islamic State of Iraq and the Levant, Daesh
	acronym ISIS, ISIL, DAESH, ИГИЛ
org:pkk
	name Kurdistan Workers Party, Kurdistan Workers' Party, Kurdistan Worker's Party
	acronym PKK, РПК
org:ypg
	name People's Protection Units, Peoples Protection Units
	acronym YPG
org:sdf
	name Syrian Democratic Forces
	acronym SDF
org:irgc
	name Islamic Revolutionary Guard Corps, Revolutionary Guards, Revolutionary Guard, Islamic Revolutionary Guards Corps
	acronym IRGC
org:quds-force
	name Quds Force, Qods Force
org:ira
	name Irish Republican Army
	acronym IRA
	noun IRA
org:eta
	name Basque Homeland and Freedom
	acronym ETA
	noun ETA
org:farc
	name Revolutionary Armed Forces of Colombia
	acronym FARC
org:anc
	name African National Congress
	acronym ANC
org:swapo
	name South West Africa People's Organization
	acronym SWAPO
org:unita
	acronym UNITA
org:frelimo
	acronym FRELIMO
org:polisario
	name Polisario Front, Polisario
org:contras
	name Nicaraguan Democratic Force
org:viet-cong
	name Viet Cong, Vietcong, National Liberation Front
org:khmer-rouge
	name Khmer Rouge
org:kuomintang
	name Kuomintang
	acronym KMT
org:ccp
	name Chinese Communist Party, Communist Party of China
	acronym CCP, CPC
org:pla
	name People's Liberation Army
	acronym PLA
org:cpsu
	name Communist Party of the Soviet Union
	acronym CPSU, КПСС
org:akp
	name Justice and Development Party
	acronym AKP
org:chp
	name Republican People's Party
	acronym CHP
org:likud
	name Likud
org:cia
	name Central Intelligence Agency
	acronym CIA, ЦРУ
org:fbi
	name Federal Bureau of Investigation
	acronym FBI, ФБР
org:nsa
	name National Security Agency
	acronym NSA
org:dia
	name Defense Intelligence Agency
	acronym DIA
	noun DIA
org:kgb
	name Committee for State Security
	acronym KGB, КГБ
org:fsb
	name Federal Security Service
	acronym FSB, ФСБ
org:gru
	name Main Intelligence Directorate
	acronym GRU, ГРУ
org:svr
	name Foreign Intelligence Service
	acronym SVR, СВР
org:mi5
	name MI5
org:mi6
	name MI6, Secret Intelligence Service
org:mossad
	name Mossad
org:shin-bet
	name Shin Bet, Shabak
org:isi
	name Inter-Services Intelligence
	acronym ISI
org:mit
	name National Intelligence Organization, Turkish National Intelligence Organization, Milli Istihbarat Teskilati
org:idf
	name Israel Defense Forces, Israeli Defense Forces, Israel Defence Forces
	acronym IDF
org:savak
	acronym SAVAK
org:state-department
	name State Department, US State Department, U.S. State Department, Department of State
org:pentagon
	name Pentagon, Department of Defense, Defense Department, US Department of Defense
	acronym DoD
org:treasury
	name Treasury Department, US Treasury, U.S. Treasury
org:ofac
	name Office of Foreign Assets Control
	acronym OFAC
org:commerce-department
	name Commerce Department, Department of Commerce
org:homeland-security
	name Department of Homeland Security
	acronym DHS
org:us-congress
	name US Congress, U.S. Congress, United States Congress
org:us-senate
	name US Senate, U.S. Senate, Senate Foreign Relations Committee
org:us-house
	name House of Representatives, House Foreign Affairs Committee
org:nsc
	name National Security Council
	acronym NSC
org:usaid
	name Agency for International Development
	acronym USAID, AID
	noun AID
org:usia
	name United States Information Agency
	acronym USIA, USIS
org:acda
	name Arms Control and Disarmament Agency
	acronym ACDA
org:eximbank
	name Export-Import Bank, Eximbank
org:centcom
	name US Central Command, U.S. Central Command, Central Command
	acronym CENTCOM
org:eucom
	name US European Command, U.S. European Command
	acronym EUCOM
org:federal-reserve
	name Federal Reserve, Federal Reserve Board
org:foreign-office
	name Foreign Office, Foreign and Commonwealth Office
	acronym FCO, FCDO
org:ssb
	name Presidency of Defense Industries, Defense Industry Agency, Presidency of Defence Industries
	acronym SSB
org:tusas
	name Turkish Aerospace Industries, Turkish Aerospace
	acronym TUSAS, TAI
org:rosoboronexport
	name Rosoboronexport
org:lockheed-martin
	name Lockheed Martin, Lockheed
org:boeing
	name Boeing
org:raytheon
	name Raytheon
org:gazprom
	name Gazprom
org:rosatom
	name Rosatom
org:aramco
	name Aramco, Saudi Aramco
org:reuters
	name Reuters
org:tass
	name TASS, Tass News Agency
	acronym ITAR-TASS, ТАСС
org:xinhua
	name Xinhua, Xinhua News Agency, New China News Agency
org:anadolu
	name Anadolu Agency, Anadolu
org:associated-press
	name Associated Press
