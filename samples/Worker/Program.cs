using System.Threading.Channels;
using AnomalyKit;
using AnomalyKit.Samples.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Rows come out of a channel, alerts go to the console; no web server. Put any queue of yours where PaymentSource is.
// The model: fitted here, so that the sample runs anywhere. In production: AddAnomalyDetection(o => o.ModelFolder = "models").
var detector = new TableTrainer(new IsolationForestTrainer { Seed = 7, Threshold = ThresholdRule.Contamination(0.002) }).Fit(Payments.Table(20_000, seed: 1));

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddAnomalyDetection().AddModel("payments", detector);
builder.Services.AddSingleton(Channel.CreateBounded<Payment>(10_000));
builder.Services.AddHostedService<PaymentSource>();
builder.Services.AddHostedService<AlertWorker>();
builder.Build().Run();
