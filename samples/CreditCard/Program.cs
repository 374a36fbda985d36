using AnomalyKit.Samples.CreditCard.Commands;

return await SampleCommandLine.InvokeAsync(args);
