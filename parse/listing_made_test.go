package parse_test

import "strings"

// Heads of listings in EDGAR's formats.
var (
	masterHead = "Description:           Master Index of EDGAR Dissemination Feed\n" +
		"Last Data Received:    September 30, 2016\n" +
		"Comments:              webmaster@sec.gov\n" +
		"Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n" +
		"Cloud HTTP:            https://www.sec.gov/Archives/\n" +
		"\n \n \n \n" +
		"CIK|Company Name|Form Type|Date Filed|Filename\n" +
		strings.Repeat("-", 80) + "\n"

	dailyMasterHead = "Description:           Daily Index of EDGAR Dissemination Feed\n" +
		"Last Data Received:    Jan  3, 2020\n" +
		"Comments:              webmaster@sec.gov\n" +
		"Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n" +
		" \n" +
		"CIK|Company Name|Form Type|Date Filed|File Name\n" +
		strings.Repeat("-", 80) + "\n"

	xbrlHead = "Description:           XBRL Index of EDGAR Dissemination Feed\n" +
		"Last Data Received:    March 31, 2014\n" +
		"Comments:              webmaster@sec.gov\n" +
		"Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n" +
		" \n \n \n \n" +
		"CIK|Company Name|Form Type|Date Filed|Filename\n" +
		strings.Repeat("-", 80) + "\n"

	formHead = "Description:           Master Index of EDGAR Dissemination Feed by Form Type\n" +
		"Last Data Received:    March 31, 2021\n" +
		"Comments:              webmaster@sec.gov\n" +
		"Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n" +
		"\n\n\n\n" +
		"Form Type   Company Name                                                  CIK         Date Filed  File Name\n" +
		strings.Repeat("-", 141) + "\n"

	companyHead = "Description:           Master Index of EDGAR Dissemination Feed by Company Name\n" +
		"Last Data Received:    March 31, 2020\n" +
		"Comments:              webmaster@sec.gov\n" +
		"Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n" +
		" \n \n \n \n" +
		"Company Name                                                  Form Type   CIK         Date Filed  File Name\n" +
		strings.Repeat("-", 141) + "\n"

	dailyCompanyHead = "Description:           Daily Index of EDGAR Dissemination Feed by Company Name\n" +
		"Last Data Received:    Oct  3, 2022\n" +
		"Comments:              webmaster@sec.gov\n" +
		"Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n" +
		" \n \n \n \n" +
		"Company Name                                                  Form Type   CIK\n" +
		"      Date Filed  File Name\n" +
		strings.Repeat("-", 145) + "\n"

	crawlerHead = "Description:           Daily Crawler Index of EDGAR Dissemination Feed by Company Name\n" +
		"Last Data Received:    Jul  3, 2023\n" +
		"Comments:              webmaster@sec.gov\n" +
		" \n \n \n \n" +
		"Company Name                                                  Form Type   CIK\n" +
		"      Date Filed  URL \n" +
		strings.Repeat("-", 163) + "\n"
)
