# Treaties, agreements, laws and resolutions.

law:caatsa
	name Countering America's Adversaries Through Sanctions Act
	acronym CAATSA
law:npt
	name Non-Proliferation Treaty, Nonproliferation Treaty, Nuclear Non-Proliferation Treaty, Nuclear Nonproliferation Treaty, Treaty on the Non-Proliferation of Nuclear Weapons
	acronym NPT, TNP, ДНЯО
law:jcpoa
	name Joint Comprehensive Plan of Action, Iran nuclear deal, Iran Nuclear Deal, Iranian nuclear deal
	acronym JCPOA, СВПД
law:inf
	name Intermediate-Range Nuclear Forces Treaty, Intermediate-range Nuclear Forces Treaty, INF Treaty
	acronym INF, РСМД
law:start
	name Strategic Arms Reduction Treaty, START Treaty, START I
	acronym START, СНВ
	noun START
law:new-start
	name New START, New START Treaty, New Start
law:start-2
	name START II
law:salt
	name Strategic Arms Limitation Talks, Strategic Arms Limitation Treaty, SALT I, SALT II, SALT Treaty
	acronym SALT
	noun SALT
law:abm
	name Anti-Ballistic Missile Treaty, ABM Treaty
law:cfe
	name Treaty on Conventional Armed Forces in Europe, Conventional Forces in Europe Treaty, CFE Treaty
	acronym CFE
law:mbfr
	name Mutual and Balanced Force Reductions
	acronym MBFR
law:ctbt
	name Comprehensive Nuclear-Test-Ban Treaty, Comprehensive Test Ban Treaty, Comprehensive Nuclear Test Ban Treaty
	acronym CTBT, ДВЗЯИ
law:partial-test-ban
	name Partial Test Ban Treaty, Limited Test Ban Treaty, Nuclear Test Ban Treaty
law:cwc
	name Chemical Weapons Convention
	acronym CWC
law:bwc
	name Biological Weapons Convention, Biological and Toxin Weapons Convention
	acronym BWC
law:open-skies
	name Open Skies Treaty, Treaty on Open Skies
law:outer-space
	name Outer Space Treaty
law:tpnw
	name Treaty on the Prohibition of Nuclear Weapons
	acronym TPNW
law:arms-trade
	name Arms Trade Treaty
	acronym ATT
	noun ATT
law:ottawa
	name Ottawa Convention, Mine Ban Treaty, Ottawa Treaty
law:mtcr
	name Missile Technology Control Regime
	acronym MTCR, РКРТ
law:wassenaar
	name Wassenaar Arrangement
law:north-atlantic-treaty
	name North Atlantic Treaty, Washington Treaty
law:un-charter
	name United Nations Charter, UN Charter, U.N. Charter, Charter of the United Nations
law:unclos
	name United Nations Convention on the Law of the Sea, Law of the Sea Convention, Law of the Sea Treaty
	acronym UNCLOS
law:montreux
	name Montreux Convention
law:lausanne
	name Treaty of Lausanne, Lausanne Treaty
law:sevres
	name Treaty of Sevres
law:versailles
	name Treaty of Versailles, Versailles Treaty
law:maastricht
	name Maastricht Treaty, Treaty of Maastricht
law:lisbon
	name Treaty of Lisbon, Lisbon Treaty
law:rome
	name Treaty of Rome
law:rome-statute
	name Rome Statute
law:geneva-conventions
	name Geneva Conventions, Geneva Convention
law:vienna-convention
	name Vienna Convention, Vienna Convention on Diplomatic Relations
law:genocide-convention
	name Genocide Convention
law:helsinki
	name Helsinki Final Act, Helsinki Accords
law:dayton
	name Dayton Agreement, Dayton Accords, Dayton Peace Accords
law:camp-david
	name Camp David Accords, Camp David Agreements
law:oslo
	name Oslo Accords, Oslo Agreement, Oslo Agreements
law:abraham
	name Abraham Accords
law:minsk
	name Minsk Agreements, Minsk Agreement, Minsk Accords
law:good-friday
	name Good Friday Agreement
law:paris-climate
	name Paris Agreement, Paris Climate Agreement, Paris climate accord
law:kyoto
	name Kyoto Protocol
law:montreal
	name Montreal Protocol
law:nafta
	name North American Free Trade Agreement
	acronym NAFTA, TLCAN, ALENA
law:usmca
	name United States-Mexico-Canada Agreement
	acronym USMCA, CUSMA
law:tpp
	name Trans-Pacific Partnership
	acronym TPP, CPTPP
law:black-sea-grain
	name Black Sea Grain Initiative
law:nordpolen
	name Nord Stream
law:panama-canal
	name Panama Canal Treaty, Panama Canal Treaties
law:taiwan-relations
	name Taiwan Relations Act
law:lend-lease
	name Lend-Lease Act, Lend-Lease
law:jackson-vanik
	name Jackson-Vanik Amendment, Jackson-Vanik amendment
law:magnitsky
	name Magnitsky Act, Global Magnitsky Act
law:war-powers
	name War Powers Act, War Powers Resolution
law:arms-export
	name Arms Export Control Act
law:foreign-assistance
	name Foreign Assistance Act
law:ndaa
	name National Defense Authorization Act
	acronym NDAA
law:ieepa
	name International Emergency Economic Powers Act
	acronym IEEPA
law:patriot-act
	name Patriot Act
law:ilsa
	name Iran and Libya Sanctions Act
	acronym ILSA
law:helms-burton
	name Helms-Burton Act, Helms-Burton
law:logan
	name Logan Act
law:resolution-242
	name Resolution 242, UN Resolution 242, Security Council Resolution 242
law:resolution-338
	name Resolution 338, Security Council Resolution 338
law:resolution-1701
	name Resolution 1701, Security Council Resolution 1701
law:resolution-2231
	name Resolution 2231, Security Council Resolution 2231
law:resolution-2254
	name Resolution 2254, Security Council Resolution 2254
law:truman-doctrine
	name Truman Doctrine
law:monroe-doctrine
	name Monroe Doctrine
law:eisenhower-doctrine
	name Eisenhower Doctrine
law:marshall-plan
	name Marshall Plan
