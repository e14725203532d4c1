# Offices: who holds one is not the lexicon's business.

office:us-president
	name President of the United States, US President, U.S. President
	acronym POTUS
office:us-vice-president
	name Vice President of the United States, US Vice President, U.S. Vice President
office:us-secretary-of-state
	name Secretary of State, US Secretary of State, U.S. Secretary of State
	acronym SecState
office:us-secretary-of-defense
	name Secretary of Defense, Defense Secretary, US Defense Secretary, U.S. Defense Secretary
	acronym SecDef
office:us-secretary-of-treasury
	name Secretary of the Treasury, Treasury Secretary, US Treasury Secretary
office:us-national-security-adviser
	name National Security Adviser, National Security Advisor, US National Security Adviser
office:us-attorney-general
	name US Attorney General, U.S. Attorney General
office:us-speaker
	name Speaker of the House, House Speaker
office:us-joint-chiefs
	name Joint Chiefs of Staff, Chairman of the Joint Chiefs of Staff, Joint Chiefs
	acronym JCS
office:us-press-secretary
	name White House Press Secretary, White House press secretary, White House spokesman, White House spokeswoman
office:state-department-spokesperson
	name State Department spokesperson, State Department spokesman, State Department spokeswoman
office:gb-prime-minister
	name British Prime Minister, UK Prime Minister, Prime Minister of the United Kingdom
office:gb-foreign-secretary
	name Foreign Secretary, British Foreign Secretary
office:gb-chancellor
	name Chancellor of the Exchequer
office:de-chancellor
	name German Chancellor, Chancellor of Germany, Bundeskanzler, Federal Chancellor
office:de-foreign-minister
	name German Foreign Minister
office:fr-president
	name French President, President of France
office:fr-foreign-minister
	name French Foreign Minister
office:ru-president
	name Russian President, President of Russia
office:ru-foreign-minister
	name Russian Foreign Minister
office:su-general-secretary
	name General Secretary of the Communist Party
office:tr-president
	name Turkish President, President of Turkey, President of Türkiye
office:tr-foreign-minister
	name Turkish Foreign Minister, Foreign Minister of Turkey, Foreign Minister of Türkiye
office:tr-defence-minister
	name Turkish Defense Minister, Turkish Defence Minister
office:cn-president
	name Chinese President, President of China
office:cn-premier
	name Chinese Premier
office:cn-foreign-minister
	name Chinese Foreign Minister
office:il-prime-minister
	name Israeli Prime Minister
office:ir-president
	name Iranian President
office:ir-supreme-leader
	name Supreme Leader of Iran, Iran's Supreme Leader
office:ir-foreign-minister
	name Iranian Foreign Minister
office:in-prime-minister
	name Indian Prime Minister
office:jp-prime-minister
	name Japanese Prime Minister
office:ua-president
	name Ukrainian President
office:un-secretary-general
	name UN Secretary-General, U.N. Secretary-General, United Nations Secretary-General, Secretary-General of the United Nations
	acronym UNSG
office:nato-secretary-general
	name NATO Secretary General, NATO Secretary-General, Secretary General of NATO
office:saceur
	name Supreme Allied Commander Europe
	acronym SACEUR
office:eu-high-representative
	name EU High Representative, High Representative of the Union for Foreign Affairs
office:ec-president
	name President of the European Commission, European Commission President
office:iaea-director-general
	name IAEA Director General, Director General of the IAEA, IAEA chief
office:pope
	name Pope, The Pope
office:dalai-lama
	name Dalai Lama
office:prime-minister
	name Prime Minister
office:foreign-minister
	name Foreign Minister, Minister of Foreign Affairs
office:defence-minister
	name Defense Minister, Defence Minister, Minister of Defense, Minister of Defence
office:finance-minister
	name Finance Minister, Minister of Finance
office:interior-minister
	name Interior Minister, Minister of the Interior, Minister of Interior
office:secretary-general
	name Secretary-General, Secretary General
office:charge-daffaires
	name Chargé d'Affaires, chargé d'affaires
office:ambassador
	name Ambassador
office:special-envoy
	name Special Envoy, special envoy, special representative, Special Representative
