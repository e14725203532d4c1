# Longer names that hold a name of the lexicon and mean something else: known, and not marked.

skip:other
	name Washington Post, Washington Times, Washington Monthly, Washington Star, Washington University, Washington Redskins, Washington Nationals, Washington Capitals, Washington Wizards, Mount Washington, Fort Washington, Port Washington, Washington Heights, Washington Square, Washington Square Park, Washington Monument, Washington Mutual, Washington Gas, Washington National, Washington Public Power, Washington Post Co, Washington Energy, Washington Water Power, Washington Bancorp, Lake Washington, Washington Consensus, USS Washington, George Washington University
	name Georgia Tech, Georgia Institute of Technology, Georgia-Pacific, Georgia Pacific, Georgia Power, Georgia Gulf, Georgia O'Keeffe, South Georgia, Strait of Georgia, Georgia State University, University of Georgia, Georgia Bulldogs, Georgia Bonded Fibers, Georgian mansion, Georgian mansions, Georgian house, Georgian houses, Georgian era, Georgian style, Georgian architecture, Georgian period, Georgian England
	name Jordan River, River Jordan, Jordan Valley, West Bank of the Jordan, Jordan Marsh, Air Jordan, Jordan Hill
	name Lake Chad, Hanging Chad
	name South China Sea, East China Sea, South China Morning Post, China Lake, Cochin China, Bone China, China Town, China Sea, China Beach, China Syndrome
	name Turkey Point, Turkey Creek, Turkey Trot, Turkey Day, Wild Turkey, Cold Turkey, Turkey Breast, Turkey Dinner
	name New Guinea, Guinea pig, Guinea fowl, Gulf of Guinea, Guinea Current, Guinea Pig, Guinea Pigs
	name Niger Delta, Niger River, River Niger
	name Gulf of Mexico, Mexico Beach
	name Lebanon Valley, Mount Lebanon, Lebanon Hills
	name Indian Ocean, American Indian, American Indians, Indian River, Indian Wells, West Indian, West Indians, West Indies, British West Indies, Indian summer, Red Indian, Red Indians
	name Latin America, Latin American, Latin Americans, North America, North American, North Americans, South America, South American, South Americans, Central America, Central American, Central Americans, Bank of America, Voice of America, America Online, Spanish America, Meso-America, Pan American, Pan-American, Pan American World Airways, American Express, American Airlines, American Samoa Line, Inter-American, Anglo American
	name New England, English Channel, British Columbia, New Britain, French Open, French fries, French Lick, Dutch auction, Dutch oven, Dutch treat, Greek Street, Danish pastry, Swiss cheese, Swiss chard, Turkish bath, Turkish baths, Turkish delight, Chinese Wall, Polish sausage, Cuban cigar, Brazil nut, Brazil nuts, Panama hat, Panama Canal, Panama City Beach, Canal Zone, Panama Canal Zone, Suez Canal Company, Irish Sea, Irish stew, Persian Gulf, Arabian Gulf, Gulf of Oman, Gulf of Aden, Sea of Japan, Philippine Sea, Formosa Strait, Taiwan Strait, Malta Conference, Jersey City, Jersey Shore, Standard Oil of New Jersey
	name Paris Hilton, Paris Texas, Plaster of Paris, Paris Club, Bank of London, Lloyd's of London, Lloyds of London, London Bridge, New London, East London, London Interbank, London Breed, Moscow Idaho, Rome Georgia, New Delhi Television, Athens Georgia, Vienna Virginia, Cairo Illinois, Lima Ohio, Lima beans, Lima bean, Duke of Wellington, Wellington boots, Beef Wellington, Madrid Missouri, New Madrid, Manila envelope, Manila folder, Havana cigar, Havana cigars, Warsaw Ghetto, Warsaw Convention, Brussels sprouts, Brussels sprout, Bern Convention, Sofia Vergara, Sofia Coppola, San Juan Capistrano, San Juan Islands, Victoria Nuland, Dublin Regulation, Budapest Memorandum, Budapest Convention, Tunis Air, Berlin Wall, Berlin Airlift, Kenya Airways, Chile pepper, Cuba Gooding, Israel Katz, India ink, Ireland Baldwin, Kyiv Post, Moscow Times, Jerusalem Post, Jerusalem artichoke, Bangkok Post, Peking duck, Peking Duck, Peking Opera, Peking man, Kingston upon Hull

# The same of persons: the last word is then taken for the person, too, wherever it stands alone in the article.
person:other
	name George Washington, Denzel Washington, Booker T. Washington, Harold Washington, Washington Irving
	name Hamilton Jordan, Michael Jordan, Vernon Jordan, Barbara Jordan, Irving Berlin, Isaiah Berlin, Jack London
