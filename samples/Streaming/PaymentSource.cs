using System.Threading.Channels;
using AnomalyKit.Numerics;

namespace AnomalyKit.Samples.Streaming;

/// <summary>Stands for your queue: made-up payments, the same in every run. One in 1,000 is odd: large, at night, far away.</summary>
internal static class PaymentSource
{
    /// <summary>What is known before the stream begins.</summary>
    public static IEnumerable<Payment> History(int count) => Create(count, seed: 1, inflationAfter: count);

    /// <summary>Writes payments one at a time, and waits where nobody takes them. After <paramref name="inflationAfter"/> of them, everything costs half as much again.</summary>
    public static async Task WriteAsync(ChannelWriter<Payment> writer, int count, int inflationAfter)
    {
        foreach (var payment in Create(count, seed: 2, inflationAfter))
            await writer.WriteAsync(payment);
        writer.Complete();
    }

    private static IEnumerable<Payment> Create(int count, ulong seed, int inflationAfter)
    {
        var random = new CounterRandom(seed);
        for (int id = 1; id <= count; id++)
        {
            bool isOdd = random.NextInt32(1000) == 0;
            double prices = id > inflationAfter ? 1.5 : 1;
            yield return new Payment(
                id,
                Amount: Math.Round(prices * Math.Exp((isOdd ? 7 : 3.5) + (0.5 * random.NextGaussian())), 2),
                Hour: isOdd ? 4 * random.NextDouble() : 8 + (14 * random.NextDouble()),
                Distance: (isOdd ? 5000 : 20) * random.NextDouble());
        }
    }
}
