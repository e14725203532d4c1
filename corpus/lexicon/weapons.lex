# Weapons and programmes. A designator (F-35, S-400) is one word however it is hyphenated, see dragoman-query(7).

weapon:f-35
	name F-35, Joint Strike Fighter, F-35 Lightning II
	acronym JSF
weapon:f-16
	name F-16, Fighting Falcon
weapon:f-15
	name F-15
weapon:f-14
	name F-14
weapon:f-18
	name F/A-18, F-18
weapon:f-22
	name F-22, F-22 Raptor
weapon:f-4
	name F-4, Phantom II
weapon:f-5
	name F-5
weapon:f-104
	name F-104, Starfighter
weapon:f-117
	name F-117
weapon:b-1
	name B-1
weapon:b-2
	name B-2
weapon:b-52
	name B-52, Stratofortress
weapon:u-2
	name U-2
weapon:c-130
	name C-130
weapon:awacs
	name Airborne Warning and Control System
	acronym AWACS
weapon:s-300
	name S-300
weapon:s-400
	name S-400, S-400 Triumf
weapon:s-500
	name S-500
weapon:patriot
	name Patriot missile, Patriot missiles, Patriot air defense system, Patriot battery, Patriot batteries, MIM-104
weapon:thaad
	name Terminal High Altitude Area Defense
	acronym THAAD
weapon:iron-dome
	name Iron Dome
weapon:davids-sling
	name David's Sling
weapon:nasams
	name NASAMS
	acronym NASAMS
weapon:hawk
	name MIM-23
weapon:nike
	name Nike Hercules, Nike Zeus
weapon:stinger
	name Stinger missile, Stinger missiles, FIM-92
weapon:javelin
	name Javelin missile, Javelin missiles, FGM-148
weapon:himars
	name High Mobility Artillery Rocket System
	acronym HIMARS, ХИМАРС
weapon:atacms
	name Army Tactical Missile System
	acronym ATACMS
weapon:tomahawk
	name Tomahawk missile, Tomahawk missiles, Tomahawk cruise missile, Tomahawk cruise missiles, Tomahawks
weapon:jdam
	name Joint Direct Attack Munition
	acronym JDAM
weapon:amraam
	acronym AMRAAM
weapon:exocet
	name Exocet
weapon:storm-shadow
	name Storm Shadow
weapon:taurus
	name Taurus missile, Taurus missiles
weapon:kinzhal
	name Kinzhal
weapon:iskander
	name Iskander, Iskander-M
weapon:kalibr
	name Kalibr
weapon:scud
	name Scud, Scuds
weapon:shahed
	name Shahed, Shahed-136
weapon:bayraktar-tb2
	name Bayraktar TB2, Bayraktar, TB2
weapon:kaan
	name KAAN, TF-X, TF Kaan
weapon:reaper
	name MQ-9, MQ-9 Reaper
weapon:predator
	name MQ-1, Predator drone, Predator drones
weapon:eurofighter
	name Eurofighter, Eurofighter Typhoon
weapon:rafale
	name Rafale
weapon:gripen
	name Gripen
weapon:mirage
	name Mirage 2000, Mirage III
weapon:tornado
	name Panavia Tornado
weapon:harrier
	name Harrier jump jet
weapon:mig-15
	name MiG-15
weapon:mig-17
	name MiG-17
weapon:mig-21
	name MiG-21
weapon:mig-23
	name MiG-23
weapon:mig-25
	name MiG-25
weapon:mig-29
	name MiG-29
weapon:mig-31
	name MiG-31
weapon:su-24
	name Su-24
weapon:su-25
	name Su-25
weapon:su-30
	name Su-30
weapon:su-34
	name Su-34
weapon:su-35
	name Su-35
weapon:su-57
	name Su-57
weapon:tu-95
	name Tu-95
weapon:tu-22
	name Tu-22
weapon:j-20
	name J-20
weapon:leopard-2
	name Leopard 2, Leopard tank, Leopard tanks
weapon:abrams
	name M1 Abrams, Abrams tank, Abrams tanks
weapon:challenger-2
	name Challenger 2
weapon:t-54
	name T-54
weapon:t-62
	name T-62
weapon:t-72
	name T-72
weapon:t-90
	name T-90
weapon:merkava
	name Merkava
weapon:minuteman
	name Minuteman missile, Minuteman missiles, Minuteman III
weapon:mx
	name MX missile, Peacekeeper missile
weapon:polaris
	name Polaris missile, Polaris missiles, Polaris submarine, Polaris submarines
weapon:poseidon
	name Poseidon missile, Poseidon missiles
weapon:trident
	name Trident missile, Trident missiles, Trident submarine, Trident II
weapon:pershing
	name Pershing missile, Pershing missiles, Pershing II, Pershing IA
weapon:jupiter
	name Jupiter missile, Jupiter missiles
weapon:thor
	name Thor missile, Thor missiles
weapon:skybolt
	name Skybolt
weapon:ss-20
	name SS-20
weapon:ss-18
	name SS-18
weapon:ss-9
	name SS-9
weapon:sarmat
	name RS-28, Sarmat
weapon:icbm
	name intercontinental ballistic missile, intercontinental ballistic missiles
	acronym ICBM, ICBMs, МБР
weapon:slbm
	name submarine-launched ballistic missile, submarine-launched ballistic missiles
	acronym SLBM, SLBMs
weapon:irbm
	name intermediate-range ballistic missile, intermediate-range ballistic missiles
	acronym IRBM, IRBMs
weapon:mrbm
	name medium-range ballistic missile, medium-range ballistic missiles
	acronym MRBM, MRBMs
weapon:mirv
	name multiple independently targetable reentry vehicle
	acronym MIRV, MIRVs
weapon:mlf
	name Multilateral Force, multilateral force
	acronym MLF
weapon:sdi
	name Strategic Defense Initiative
	acronym SDI
weapon:wmd
	name weapons of mass destruction, weapon of mass destruction
	acronym WMD, ОМУ
weapon:neutron-bomb
	name neutron bomb, enhanced radiation weapon
weapon:cluster-munitions
	name cluster munition, cluster munitions, cluster bomb, cluster bombs
weapon:novichok
	name Novichok
weapon:sarin
	name sarin
weapon:mustard-gas
	name mustard gas
weapon:natanz
	name Natanz
weapon:fordow
	name Fordow, Fordo
weapon:bushehr
	name Bushehr
weapon:yongbyon
	name Yongbyon
weapon:dimona
	name Dimona
weapon:akkuyu
	name Akkuyu
weapon:manhattan-project
	name Manhattan Project
