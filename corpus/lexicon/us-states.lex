# The states of the Union, as far as their names matter for those of countries.

state:us-al
	name Alabama
state:us-ak
	name Alaska
state:us-az
	name Arizona
state:us-ar
	name Arkansas
state:us-ca
	name California
state:us-co
	name Colorado
state:us-ct
	name Connecticut
state:us-de
	name Delaware
state:us-fl
	name Florida
state:us-hi
	name Hawaii
state:us-id
	name Idaho
state:us-il
	name Illinois
state:us-in
	name Indiana
state:us-ia
	name Iowa
state:us-ks
	name Kansas
state:us-ky
	name Kentucky
state:us-la
	name Louisiana
state:us-me
	name Maine
state:us-md
	name Maryland
state:us-ma
	name Massachusetts
state:us-mi
	name Michigan
state:us-mn
	name Minnesota
state:us-ms
	name Mississippi
state:us-mo
	name Missouri
state:us-mt
	name Montana
state:us-ne
	name Nebraska
state:us-nv
	name Nevada
state:us-nh
	name New Hampshire
state:us-nj
	name New Jersey
state:us-nm
	name New Mexico
state:us-ny
	name New York
state:us-nc
	name North Carolina
state:us-nd
	name North Dakota
state:us-oh
	name Ohio
state:us-ok
	name Oklahoma
state:us-or
	name Oregon
state:us-pa
	name Pennsylvania
state:us-ri
	name Rhode Island
state:us-sc
	name South Carolina
state:us-sd
	name South Dakota
state:us-tn
	name Tennessee
state:us-tx
	name Texas
state:us-ut
	name Utah
state:us-vt
	name Vermont
state:us-va
	name Virginia
state:us-wv
	name West Virginia
state:us-wi
	name Wisconsin
state:us-wy
	name Wyoming
state:us-ga
	name Georgia, State of Georgia, state of Georgia
	homonym Georgia
	given Georgia
	for Atlanta, Savannah, Augusta, Macon, Marietta, Valdosta, Athens, Decatur, Carolina, Alabama, Florida, Tennessee, Mississippi, Louisiana, Virginia, Kentucky, Maryland, Texas, Kansas, Democrat, Republican, Nunn, Talmadge, Carter, Russell, Vinson, Gingrich, Kemp, Ossoff, Warnock, Perdue, Loeffler, Raffensperger, governor, Governor, Senator, congressman, Congressman, Rep, Sen, Gov, Dem, county, Fulton, peach, peanut, Benning, Stewart, segregation, statehouse, NYSE, Dunn, Plains, Greene, Ga
	against Tbilisi
state:us-wa
	name Washington, Washington State, Washington state, State of Washington, state of Washington
	homonym Washington
	given Washington
	for Seattle, Spokane, Tacoma, Olympia, Redmond, Bellevue, Everett, Vancouver, Yakima, Oregon, Idaho, Puget, Weyerhaeuser, Bremerton, Hanford, Boeing, Wash
