"""The report on paper (종이 보고서): PDF/UA by Typst."""
