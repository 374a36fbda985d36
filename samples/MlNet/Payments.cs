using AnomalyKit.Numerics;

namespace AnomalyKit.Samples.MlNet;

/// <summary>Payments made up for the sample, the same at every start. One in a hundred is fraud: large, fast and at night.</summary>
internal static class Payments
{
    public static List<Payment> Create(int count, ulong seed)
    {
        string[] countries = ["DE", "DE", "DE", "FR", "FR", "PL"];
        var random = new CounterRandom(seed);
        var payments = new List<Payment>();
        for (int i = 0; i < count; i++)
        {
            bool isFraud = i % 100 == 42;
            payments.Add(new Payment
            {
                Amount = MathF.Exp((float)random.NextGaussian() * 0.6f + (isFraud ? 4.6f : 3)),
                Seconds = MathF.Abs((float)random.NextGaussian() * 20 + (isFraud ? 40 : 90)),
                Items = 1 + random.NextInt32(isFraud ? 2 : 8),
                Country = isFraud ? "XX" : countries[random.NextInt32(countries.Length)],
                Time = new DateTime(2026, 3, 1).AddDays(random.NextInt32(28)).AddHours(isFraud ? 3 : 8 + random.NextInt32(12)),
                Label = isFraud ? 1 : 0,
            });
        }

        return payments;
    }
}
