package indextest

import "strings"

// The words that invented companies, people, places and sentences are made of.

func words(s string) []string { return strings.Fields(s) }

func firstWords() []string {
	return words(`Amber Antler Arbor Argent Ashby Aspen Auburn Aurora Badger Balsam Basalt Beacon Birch Bison Blackthorn Bluebell Bolder Bramble
		Briar Brook Buckthorn Cactus Calder Camber Canyon Caraway Cascade Cedar Chalk Chestnut Cinder Clover Cobalt Comet Copper Coral
		Crane Crescent Cricket Cypress Dahlia Dapple Delta Dewdrop Dogwood Drift Dune Eider Elder Elmwood Ember Emmer Falcon Fennel
		Fern Finch Flint Foxglove Frost Gable Garnet Gentian Ginger Glacier Gorse Granite Greystone Grove Gull Harrow Hawthorn Hazel
		Heath Hemlock Heron Hickory Hollow Holly Hornbeam Indigo Ironwood Ivory Jasper Juniper Kelp Kestrel Kiln Lantern Larch Larkspur
		Laurel Lichen Linden Lodestar Lupine Maple Marigold Marlin Marten Meadow Merlin Mesa Mica Millstone Mistral Moss Myrtle Nettle
		Nimbus Northgate Oakum Obsidian Ocher Olive Onyx Orchard Osprey Otter Paddock Pebble Pelican Peregrine Pewter Pine Plover
		Poplar Prairie Quarry Quartz Quill Rampart Raven Redwood Reed Ridge Rook Rowan Russet Saddle Saffron Sage Sandbar Sapling
		Sequoia Shale Silverleaf Slate Sorrel Sparrow Spindle Spruce Starling Stonebridge Summit Swallow Sycamore Talus Tamarack Tansy
		Teal Thicket Thistle Thyme Timber Topaz Tundra Umber Vale Vesper Violet Walnut Wander Weir Wharf Willow Windrow Wren Yarrow Zephyr`)
}

func secondWords() []string {
	return words(`Acoustic Aerospace Aggregate Airways Analytics Apparel Atomics Bancshares Bearings Beverage Biologics Biosciences Brands
		Broadcasting Builders Capital Carbon Casualty Ceramics Chemical Circuits Clinical Communications Components Computing Container
		Controls Creamery Credit Data Dental Devices Diagnostics Dynamics Education Electric Electronics Energy Engineering Entertainment
		Equipment Exploration Farms Fiber Fidelity Filtration Financial Foods Forest Freight Funding Furniture Gaming Genetics Glass
		Global Gold Grain Growers Guaranty Hardware Harvest Health Healthcare Heating Holdings Homes Hospitality Hotels Hydraulics
		Imaging Industries Information Instruments Insurance Interactive Laboratories Leasing Lending Lighting Logistics Machine
		Maritime Materials Media Medical Metals Micro Milling Mining Mobility Mortgage Motors Mutual Natural Navigation Networks
		Nutrition Oil Optical Orthopedics Outdoors Packaging Paper Partners Petroleum Pharma Photonics Pipeline Plastics Power Precision
		Press Products Properties Publishing Pumps Rail Realty Receivables Refining Resources Restaurants Retail Robotics Rubber Savings
		Scientific Securities Semiconductor Sensors Services Shipping Signal Software Solar Space Spirits Stations Steel Stores Storage
		Surgical Systems Technologies Telecom Textiles Therapeutics Tools Toys Transit Transport Trucking Utilities Vaccines Ventures
		Vision Water Wireless Works`)
}

func endings() []string {
	return words(`INC INC INC INC INC CORP CORP CORP CORP CO LTD LP LLC TRUST GROUP/INC CORP/DE/ INC/NEW/ HOLDINGS/INC BANCORP PLC`)
}

func givenNames() []string {
	return words(`Adela Alban Alma Anselm Ardis Basil Beatrix Bram Carys Cecil Clement Cora Cyrus Dagmar Delia Edgar Edith Elias Elspeth
		Enid Ephraim Etta Ezra Fenella Flora Galen Gerda Gideon Greta Hamish Hester Homer Ida Imogen Ira Ivor Jonas Josepha Lambert Leda
		Leander Lionel Lorna Lucian Mabel Magnus Maude Merritt Milo Minna Moira Nell Noel Olive Oscar Ottilie Owen Petra Phineas Quincy
		Ramona Rhoda Roland Rufus Sabina Selwyn Silas Sybil Tamsin Tobias Una Ursula Verity Vernon Wilma Winifred Zelda`)
}

func familyNames() []string {
	return words(`Abernethy Aldous Applegarth Askwith Barrowclough Bellweather Birtwhistle Blenkinsop Bottomley Brackenbury Calloway Cheverell
		Clutterbuck Cobbold Crabtree Dalrymple Darlington Dinwiddie Drinkwater Eaglesham Entwistle Fairweather Fanshawe Featherstone
		Fothergill Gathercole Goodenough Greatorex Hallowell Hathersage Heatherington Higginbottom Hollingbery Huckaby Ingledew Jellicoe
		Kettlewell Kirkbride Lillywhite Longbottom Lovelace Mainwaring Merriweather Micklethwait Montague Nightingale Oglethorpe Ollerenshaw
		Pennyfeather Pettigrew Pickersgill Postlethwaite Quackenbush Ravenscroft Rowbottom Satterthwaite Shuttleworth Smallbone Snodgrass
		Sowerby Sturtevant Summerscale Tattersall Thistlethwayte Thornycroft Threlkeld Titchmarsh Underhill Vanterpool Wagstaff Weatherbee
		Whittingham Wigglesworth Winterbottom Wolstenholme Yardley`)
}

func places() []string {
	return words(`Alderton Ashgrove Barley/Falls Bayhaven Bellmont Birchfield Blue/Anchor Bridgeport/Heights Broadmoor Brookhollow Cedar/Bluff
		Clearpool Copperton Crestview Crossroads Dovecote Eastlake Elm/Hollow Fairbrook Fernvale Foxhill Glenhaven Goldenrod Granite/City
		Greenwater Harborview Hazelton Highmeadow Hollybrook Ironbridge Juniper/Flats Kingsmere Lakemont Larkfield Lindenwald Long/Prairie
		Maplewood/Junction Marshfield/Point Millbrook/Station Mossgate New/Harmony North/Quay Oakhurst/Mills Old/Ferry Orchard/Park Pinecrest
		Plainview/Center Port/Amity Quarrytown Red/Mesa Ridgefield/Spring Riverbend Rosemont/Hills Saltmarsh Sandy/Reach Silverton/Lake
		South/Landing Springvale Stonehaven Sweetwater/Bend Thornbury Three/Elms Upper/Mill Valley/Gate Westbrook/Shore White/Cliffs Willowdale`)
}

func streets() []string {
	return words(`ACORN ALBION ANCHOR APPLE BARLOW BEECH BIRCH BRIDGE BROADWAY CANAL CARRIAGE CEDAR CENTER CHAPEL CHURCH COLLEGE COMMERCE CORPORATE
		COURT CROSS DEPOT EAGLE ELM EXCHANGE FERRY FOREST FOUNDRY FRONT GARDEN GATEWAY GRANITE GROVE HARBOR HIGHLAND HILL INDUSTRIAL KING LAKE
		LAUREL LIBERTY LINCOLN MAIN MARKET MEADOW MERCHANT MILL MONUMENT NORTH OAK ORCHARD PARK PEARL PINE PLAZA PROSPECT QUEEN RAILROAD
		RIVER SCHOOL SOUTH SPRING STATE SUMMIT SYCAMORE TECHNOLOGY TOWER UNION VALLEY WALNUT WASHINGTON WATER WEST WHARF`)
}

func streetKinds() []string {
	return words(`STREET STREET ST ST AVENUE AVE ROAD RD DRIVE DR BLVD PARKWAY LANE SQUARE WAY`)
}

// state is a code with the name printed on covers.
type state struct{ code, name string }

func states() (all []state) {
	for _, s := range words(`DE/Delaware DE/Delaware DE/Delaware DE/Delaware DE/Delaware DE/Delaware NV/Nevada NV/Nevada NY/New_York CA/California
		TX/Texas MD/Maryland MD/Maryland MA/Massachusetts PA/Pennsylvania OH/Ohio FL/Florida NJ/New_Jersey MN/Minnesota VA/Virginia CO/Colorado
		WA/Washington GA/Georgia NC/North_Carolina IN/Indiana WI/Wisconsin IL/Illinois MI/Michigan UT/Utah TN/Tennessee MO/Missouri OR/Oregon
		CT/Connecticut E9/Cayman_Islands D0/Bermuda A1/British_Columbia`) {
		code, name, _ := strings.Cut(s, "/")
		all = append(all, state{code, strings.ReplaceAll(name, "_", " ")})
	}
	return all
}

func sics() []string {
	return words(`6022 6022 6022 6189 6189 6189 6770 6798 6798 7372 7372 7370 7374 2834 2834 2834 2836 3674 3674 3841 3845 4911 4911 4813 4841 1311
		1311 1381 4922 5812 5411 5651 5912 5961 6021 6035 6036 6141 6199 6211 6221 6311 6321 6331 6411 6500 6512 6513 6552 7011 7389 7990 8000
		8062 8090 8200 8711 8731 8742 0100 1000 1040 1531 1623 2000 2080 2111 2300 2421 2621 2711 2810 2821 2851 2860 2870 2911 3011 3089 3312
		3350 3420 3533 3559 3560 3571 3576 3577 3620 3661 3663 3711 3714 3721 3760 3812 3826 3851 3942 4011 4213 4400 4512 4700 4955 5000 5045`)
}

func sentenceWords() []string {
	return words(`the the the the of of of and and to to in in a for on by with as its our an at from which Company Company Company company board
		directors agreement dated shares common stock quarter year ended results press release issued announced today financial information
		report current exhibit furnished filed herewith incorporated reference pursuant Securities Exchange Act amended hereof deemed shall not
		be liabilities section subject registrant chief executive officer president appointed resigned effective immediately committee annual
		meeting stockholders shareholders vote elected proposal ratified independent auditors loan credit facility lender borrower amendment
		purchase price closing merger subsidiary wholly owned acquisition assets per share dividend payable record holders declared cash
		million notes due senior interest rate trustee indenture underwriters offering public sale registration statement prospectus copy
		attached hereto entirety description qualified full text conference call investors presentation website revenue net income earnings
		compared prior period increase decrease outlook guidance expected forward looking statements risks uncertainties factors lease
		property license contract customer supplier patent trial phase clinical approval notice Nasdaq listing rule compliance letter days
		plan restricted units award vesting severance employment term base salary bonus target entitled eligible connection therewith
		certificate articles bylaws incorporation restated Delaware district court settlement claims damages trust certificates pass through
		series class pooling servicing depositor collateral distribution monthly statement servicer`)
}

func jobs() []string {
	return []string{"Chief Financial Officer", "Chief Financial Officer", "Chief Executive Officer", "President and Chief Executive Officer", "Vice President",
		"Executive Vice President and Chief Financial Officer", "Senior Vice President and General Counsel", "General Counsel and Secretary", "Secretary",
		"Vice President, Finance", "Treasurer", "Executive Vice President, General Counsel and Corporate Secretary", "Vice President and Controller",
		"Principal Accounting Officer", "Authorized Signatory", "Chairman of the Board"}
}
