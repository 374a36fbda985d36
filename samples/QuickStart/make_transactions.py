"""Makes up transactions.csv, 2,000 card payments as plain numbers, and payments.csv, as many as people have them: words, dates, gaps. 20 of each are fraudulent.

Needs nothing but Python; the same files every time."""
import datetime
import random

random.seed(20260101)
with open("transactions.csv", "w", newline="\n") as file:
    file.write("Amount,Hour,KilometresFromHome,PaymentsToday,Class\n")
    for row in range(2000):
        fraud = row % 100 == 57
        if fraud:
            amount = random.uniform(20, 600)
            hour = random.gauss(8, 6) % 24
            distance = random.lognormvariate(3.6, 1.0)
            payments = random.randint(1, 6)
        else:
            amount = random.lognormvariate(3.2, 0.9)
            hour = random.gauss(14.5, 3.5) % 24
            distance = random.lognormvariate(1.8, 0.9)
            payments = random.choice([1, 1, 1, 2, 2, 3])
        file.write(f"{amount:.2f},{hour:.2f},{distance:.1f},{payments},{int(fraud)}\n")

START = datetime.datetime(2026, 3, 2)
with open("payments.csv", "w", newline="\n") as file:
    file.write("Id,Time,Merchant,Country,Amount,KilometresFromHome,Fraud\n")
    for row in range(2000):
        fraud = row % 100 == 57
        day = START + datetime.timedelta(days=row // 40)
        if fraud:
            hour = random.gauss(3, 2) % 24
            merchant = random.choice(["jewellery", "electronics", "gift cards", "travel"])
            country = random.choice(["FR", "BR", "TH", "US"])
            amount = random.uniform(150, 900)
            distance = random.lognormvariate(5, 1.0)
        else:
            hour = random.gauss(14.5, 3) % 24
            merchant = random.choices(["groceries", "fuel", "restaurant", "clothes", "travel", "electronics"], [40, 20, 20, 10, 5, 5])[0]
            country = random.choices(["DE", "FR", "PL", "US"], [90, 6, 3, 1])[0]
            amount = random.lognormvariate(3.2, 0.8)
            distance = random.lognormvariate(1.8, 0.8)
        time = (day + datetime.timedelta(seconds=int(hour * 3600))).isoformat()
        cells = [time, merchant, country, f"{amount:.2f}", f"{distance:.1f}"]
        cells = ["" if random.random() < 0.03 else cell for cell in cells]
        file.write(",".join([f"P{row:04}", *cells, str(int(fraud))]) + "\n")
