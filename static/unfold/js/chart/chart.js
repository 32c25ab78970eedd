// In the place of the theme's chart library (200 KB): no page of the desk draws a chart.
