using AnomalyKit.Numerics;

namespace AnomalyKit.Samples.WebApi;

/// <summary>Makes the model at the first start, so that the sample runs from a fresh clone. You would fit yours elsewhere, for example with <c>anomalykit fit</c>, and deploy the file.</summary>
internal static class PaymentModel
{
    public static void CreateIfMissing(string folder)
    {
        string path = Path.Combine(folder, "payments.akm");
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(folder);
        var trainer = new TableTrainer(new IsolationForestTrainer { Seed = 1, Threshold = ThresholdRule.Contamination(0.005) });
        trainer.Fit(Payment.Table.Read(History())).Save(path);
    }

    /// <summary>10,000 ordinary payments: made up, the same in every run.</summary>
    private static IEnumerable<Payment> History()
    {
        string[] countries = ["DE", "DE", "DE", "DE", "FR", "FR", "PL"];
        var random = new CounterRandom(1);
        for (int i = 0; i < 10_000; i++)
        {
            yield return new Payment(
                $"{i}",
                Amount: Math.Round(Math.Exp(3.5 + (0.6 * random.NextGaussian())), 2),
                Hour: Math.Round(8 + (14 * random.NextDouble()), 2),
                Country: countries[random.NextInt32(countries.Length)]);
        }
    }
}
