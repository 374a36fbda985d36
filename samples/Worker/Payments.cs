namespace AnomalyKit.Samples.Worker;

/// <summary>Made-up payments: small by day and near home, and now and then one that is not.</summary>
internal static class Payments
{
    public static Payment Next(Random random, long id)
    {
        bool isOdd = random.Next(1000) == 0;
        return new Payment(
            id,
            Amount: Math.Exp(3 + random.NextDouble() + random.NextDouble() + (isOdd ? 4 : 0)),
            Hour: isOdd ? 3 + random.NextDouble() : 8 + (14 * random.NextDouble()),
            Distance: (isOdd ? 5000 : 20) * random.NextDouble());
    }

    public static FeatureTable Table(int rows, int seed)
    {
        var random = new Random(seed);
        var payments = Enumerable.Range(0, rows).Select(id => Next(random, id)).ToArray();
        return Payment.Rows.Read(payments);
    }
}
