using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Samples.Worker;

/// <summary>Stands for a queue: 50,000 payments, one of them without an amount, then the end.</summary>
internal sealed class PaymentSource(Channel<Payment> channel) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var random = new Random(2);
        for (long id = 0; id < 50_000; id++)
        {
            var payment = Payments.Next(random, id);
            await channel.Writer.WriteAsync(id == 1234 ? payment with { Amount = double.NaN } : payment, stoppingToken);
        }

        channel.Writer.Complete();
    }
}
