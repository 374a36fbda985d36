"""Makes transactions.csv up: 2,000 card payments, 20 of them fraudulent. Needs nothing but Python; the same file every time."""
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
