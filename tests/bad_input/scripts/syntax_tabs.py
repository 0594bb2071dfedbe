# Tabs and spaces mixed so that the indentation depends on the width of a tab.
# status: 1
# place: 7
# stderr: TabError: inconsistent use of tabs and spaces in indentation
if True:
        x = 1
	y = 2
